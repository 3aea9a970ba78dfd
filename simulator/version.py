"""The version of the simulator; the package metadata takes it from here."""

VERSION = "0.1.0"
