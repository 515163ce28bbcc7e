"""Texts, and where things are in them: sources, spans, trees whose nodes know their span, readers, edits, findings.

Nothing here knows Amazon States Language.
"""
