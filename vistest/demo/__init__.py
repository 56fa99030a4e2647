"""The main job on screens of its own: record on one, replay on three others.

Only the demo and the benches know where galculator's keys are and how to ask a calculator for its
result; nothing that records, builds or replays does.
"""
