"""The only HTTP door of Kịp Thời: public pages and the REST interface. It stores nothing."""
