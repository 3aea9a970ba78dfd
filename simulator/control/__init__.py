"""The control API under ``/_sim``: handlers of ``specs/control.yaml``, one module a topic."""
