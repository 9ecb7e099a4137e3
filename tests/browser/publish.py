"""Puts the pictures of the last run where README and docs look for them."""

from pathlib import Path
import sys

from PIL import Image

from .frontend import PICTURES
from .gallery import GALLERY, IMAGES

# Enough for flat surfaces and smoothed letters, at a third of the size.
_COLOURS = 256


def publish(pictures: Path, images: Path) -> None:
    """Copy what the gallery shows; raises FileNotFoundError where one is missing."""
    images.mkdir(parents=True, exist_ok=True)
    for name, (story, step) in GALLERY.items():
        taken = sorted((pictures / story).glob(f"[0-9][0-9]-{step}.png"))
        if not taken:
            msg = f"no picture of {story}, {step}: did its test run?"
            raise FileNotFoundError(msg)
        with Image.open(taken[0]) as picture:
            few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        few.save(images / name, optimize=True)
    for image in images.glob("*.png"):
        if image.name not in GALLERY:
            image.unlink()


if __name__ == "__main__":
    try:
        publish(PICTURES, IMAGES)
    except FileNotFoundError as error:
        sys.exit(f"pictures: {error}")
