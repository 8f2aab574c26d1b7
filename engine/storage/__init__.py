"""Storage: connections, tables, and rows in and out of them."""
