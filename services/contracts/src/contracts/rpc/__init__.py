"""RPC messages: questions and commands of the gateway, one module per service that answers."""
