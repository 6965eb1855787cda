"""An office with many units, made from a seed: real units, a key each, sealed files on sticks, faults planted in them.

`python -m bench.offices --units 168 --seed 1 --out DIR` writes it; tests and measurements call the same functions.
What must come out is known beforehand and kept beside it (truth.json), by code that knows nothing of the program.
"""
