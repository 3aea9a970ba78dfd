"""Worlds as a whole: copied, given out as a document, and taken in again, a bit at a time.

So are views of large tables built, for requests that wait for them.
"""
