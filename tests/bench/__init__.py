"""Measurements: `./dev bench NAME`. Figures and their conditions are kept in docs/figures.md."""
