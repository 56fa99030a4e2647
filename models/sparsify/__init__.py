"""Sparsification during training: patterns, schedules, regularisers, masks, and the recipe."""
