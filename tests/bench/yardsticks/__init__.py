"""What the product is measured against, written as their users would write them.

They run in a Python of their own (`requirements/bench.txt`), so that nothing of theirs, such as a
faster event loop, comes into the product's by accident. They import nothing of the product.
"""
