"""How long issuing and verifying take, beside the bare libraries in the same run."""
