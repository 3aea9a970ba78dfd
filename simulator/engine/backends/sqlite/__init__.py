"""Workspaces kept in one SQLite file, for all processes of a machine.

`sqlite_store.py` is the `Store`; what blocks runs at its desks (`desk.py`), a thread with a
connection each: one writes (`writer.py`), one answers short questions and one loads workspaces
(`reader.py`). The SQL statements are few and large, since between two of them a thread may have to
wait for the others of its process: a commit hands SQLite all of its rows as one text of bytes and
an index (`batch.py`), and what is read comes back in the same way (`runs.py`).
"""
