"""Tables of inspections, and what reads and writes them."""
