"""Dispatch orders behind their handlers: records, rules, filters, views, progress, actions."""
