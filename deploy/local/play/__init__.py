"""The main job: one quarter of a small district, played through the public HTTP interface alone."""
