"""Parts of pages: each asks the gateway for what it shows and draws it."""
