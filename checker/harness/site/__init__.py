"""The living spec: features as a static site that opens from a file, in three languages."""

from checker.harness.site.build import Site, build_site

__all__ = ["Site", "build_site"]
