"""Work beside the world in use: copies of it, a bit at a time, and what is made on one.

So are views of large tables built, for requests that wait for them.
"""
