"""Photos, made anew from their pixels: upright, of a sensible size, without place, device or other hidden data."""

import warnings
from dataclasses import dataclass
from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from shared.documents import refusals
from shared.documents.enums import Variant

# A phone's 50 megapixels fit; decoding takes at most about 200 MB.
MAX_PIXELS = 52_000_000
# The longest side that is kept.
LONGEST_SIDE = 2000
# What each kind is read as and kept as; HEIC opens in no browser but Safari.
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF", "image/heif": "HEIF"}
KEPT_AS = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "HEIF": "JPEG"}
SAVE_OPTIONS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 82, "method": 4},
}
VARIANT_OPTIONS: dict[str, object] = {"quality": 75, "method": 4}

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@dataclass(frozen=True)
class CleanImage:
    """What is kept of a photo."""

    content: bytes
    format: str
    width: int
    height: int
    variants: dict[Variant, bytes]


def clean(content: bytes, content_type: str, name: str) -> CleanImage:
    """Decode and encode again, so that only the picture itself remains.

    Raises:
        UploadRefused: too many pixels, or it does not open.
    """
    try:
        with Image.open(BytesIO(content), formats=[FORMATS[content_type]]) as opened:
            image = _upright(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refusals.too_many_pixels(name) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError) as error:
        raise refusals.damaged(name) from error
    kept_as = KEPT_AS[FORMATS[content_type]]
    if kept_as == "JPEG" and image.mode != "RGB":
        image = image.convert("RGB")
    return CleanImage(
        content=_encode(image, kept_as, SAVE_OPTIONS[kept_as]),
        format=kept_as,
        width=image.width,
        height=image.height,
        variants={variant: _variant(image, variant) for variant in Variant},
    )


def _upright(opened: Image.Image) -> Image.Image:
    """The pixels as they are meant to be seen, at most LONGEST_SIDE, with nothing attached."""
    # A JPEG can be read at an eighth to a half of its size, which saves most of the time and memory.
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image = ImageOps.exif_transpose(opened)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = _in_screen_colours(image)
    image.info = {}
    return image


def _in_screen_colours(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where parts are see-through; a phone's own colour profile is worked into the pixels."""
    transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    mode = "RGBA" if transparent else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            return image.convert(mode)
        return converted or image.convert(mode)
    return image.convert(mode)


def _variant(image: Image.Image, variant: Variant) -> bytes:
    smaller = image.copy()
    smaller.thumbnail((variant.value, variant.value), Image.Resampling.LANCZOS)
    return _encode(smaller, "WEBP", VARIANT_OPTIONS)


def _encode(image: Image.Image, image_format: str, options: dict[str, object]) -> bytes:
    target = BytesIO()
    image.save(target, format=image_format, **options)
    return target.getvalue()
