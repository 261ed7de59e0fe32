"""Where do many events stand in the log, and which source told of them?"""

import json
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns import places_text
from checker.loading.logs.cells import parse_refs
from checker.loading.logs.native.values import flags
from checker.loading.logs.sources.canonical import SOURCE
from checker.model.event import SourceRef

_CHAR = r'[^@#;%"\\\x00-\x1f]'
_REF = rf"^(?P<source>{_CHAR}+)@(?P<path>{_CHAR}*)#(?P<line>L(?:0|[1-9][0-9]{{0,15}}))?(?P<pointer>/{_CHAR}*)?$"
"""A place that needs no quoting, neither as `refs_text` writes it nor in JSON."""


def first_sources(rows: pa.Table) -> pa.Array:
    """The source of the first place of each row."""
    source, written = _sources(rows), rows["source_ref"].combine_chunks()
    is_other = written.is_valid()
    for name in source.unique().to_pylist() if written.null_count < len(written) else ():
        if not set("%;#@") & set(name):
            says_so = pc.and_(pc.equal(source, name), pc.starts_with(written, f"{name}@"))
            is_other = pc.and_(is_other, pc.invert(pc.fill_null(says_so, False)))
    return _mended(source, rows, is_other, lambda refs: refs[0].source)


def places(rows: pa.Table, paths: Sequence[str]) -> pa.Array:
    """The places of each row, as a store keeps them; a row that names none stands at its own line."""
    written = rows["source_ref"].combine_chunks()
    own = _own_places(rows, paths)
    if written.null_count == len(written):
        return own
    listed = pc.split_pattern(pc.fill_null(written, ""), ";")
    each = _one_place(listed.flatten())
    offsets = listed.offsets.to_numpy()
    unusual = np.concatenate([[0], np.cumsum(flags(each.is_null()))])
    is_usual = pa.array(unusual[offsets[1:]] == unusual[offsets[:-1]])
    joined = pc.binary_join(pa.ListArray.from_arrays(listed.offsets, each), ",")
    found = pc.if_else(pc.and_(is_usual, written.is_valid()), pc.binary_join_element_wise("[", joined, "]", ""), own)
    return _mended(found, rows, pc.and_(pc.invert(is_usual), written.is_valid()), places_text)


def _one_place(texts: pa.Array) -> pa.Array:
    """Each place as JSON, null where it is spelled in an unusual way."""
    parts = pc.extract_regex(texts, _REF)
    source, path, line, pointer = (pc.struct_field(parts, name) for name in ("source", "path", "line", "pointer"))
    number = pc.if_else(pc.equal(line, ""), "null", pc.replace_substring(line, "L", ""))
    within = pc.if_else(pc.equal(pointer, ""), "null", pc.binary_join_element_wise('"', pointer, '"', ""))
    return pc.binary_join_element_wise('["', source, '","', path, '",', number, ",", within, "]", "")


def _own_places(rows: pa.Table, paths: Sequence[str]) -> pa.Array:
    path = pa.array([json.dumps(path, ensure_ascii=False) for path in paths]).take(rows["file"].combine_chunks())
    names = _sources(rows).dictionary_encode()
    quoted = pa.array([json.dumps(name, ensure_ascii=False) for name in names.dictionary.to_pylist()], pa.string())
    number = rows["number"].combine_chunks().cast(pa.string())
    return pc.binary_join_element_wise("[[", quoted.take(names.indices), ",", path, ",", number, ",null]]", "")


def _sources(rows: pa.Table) -> pa.Array:
    return pc.fill_null(rows["source"].combine_chunks(), SOURCE)


def _mended(
    found: pa.Array, rows: pa.Table, is_odd: pa.Array, said: Callable[[tuple[SourceRef, ...]], str]
) -> pa.Array:
    """The texts, those of odd rows by the reader of single cells."""
    if not pc.any(is_odd).as_py():
        return found
    odd = zip(rows["source_ref"].filter(is_odd).to_pylist(), _sources(rows).filter(is_odd).to_pylist(), strict=True)
    return pc.replace_with_mask(found, is_odd, pa.array([said(parse_refs(*pair)) for pair in odd], pa.string()))
