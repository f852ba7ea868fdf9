#!/usr/bin/env python3
"""Writes ../Interop/Native.*.cs from the exports of the .cpp files here, so that the two sides of the ABI cannot drift.

Run it after changing an export. One C# file a C++ file; an export af_NAME becomes Native.NAME.
"""
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "Interop"
KEYWORDS = {"float", "double", "int", "long", "bool", "byte", "char", "in", "out", "base", "params", "ref", "is", "lock", "where", "implicit", "explicit", "operator"}
TYPES = {
    "H": "TensorHandle", "G": "GeneratorHandle", "V": "nint", "H*": "out TensorHandle", "G*": "out nint", "V*": "out nint",
    "const H*": "nint*", "const int64_t*": "ReadOnlySpan<long>", "int64_t*": "long*", "const int*": "int*", "int*": "out int",
    "double*": "out double", "int64_t": "long", "uint64_t": "ulong", "int": "int", "double": "double", "ScalarArg": "ScalarArg",
    "ScalarArg*": "out ScalarArg", "const ScalarArg*": "ScalarArg*", "const double*": "double*", "Opts": "Opts",
    "const char*": "string", "char*": "byte*", "void*": "nint", "const void*": "void*", "void**": "out nint",
    "const IndexArg*": "IndexArg*", "const AdamArgs*": "in AdamArgs", "void (*)(void*)": "delegate* unmanaged<nint, void>",
}
RETURNS = {"const char*": "nint", "int64_t": "long", "int": "int", "void": "void", "void*": "nint"}


def macros(text):
    """The two-argument macros of a file (UNARY, BOTH...), expanded as the preprocessor would."""
    text = text.replace("\\\n", " ")
    found = {m[1]: (m[2], m[3]) for m in re.finditer(r"^#define (\w+)\((\w+)\) (.*)$", text, re.M)}
    body = "\n".join(x for x in text.split("\n") if not x.startswith("#"))
    for _ in range(3):
        for name, (arg, to) in found.items():
            def put(m, arg=arg, to=to):
                made = re.sub(rf"\b{arg}##", m[1], to)
                return re.sub(rf"#?\b{arg}\b", m[1], made)
            body = re.sub(rf"\b{name}\((\w+)\)", put, body)
    return body


def parameter(text):
    text = text.strip()
    if "(*" in text:
        return TYPES["void (*)(void*)"], re.search(r"\(\*(\w+)\)", text)[1]
    kind, name = re.match(r"(.*?)(\w+)$", text).groups()
    return TYPES[kind.replace(" *", "*").strip()], name


def declare(name, args, returns="int"):
    parts, depth, part = [], 0, ""
    for c in args:
        if c == "," and depth == 0:
            parts.append(part)
            part = ""
            continue
        depth += (c == "(") - (c == ")")
        part += c
    if part.strip():
        parts.append(part)
    typed = [parameter(p) for p in parts]
    if name.endswith("free"):
        typed = [("nint", n) for _, n in typed]  # SafeHandle.ReleaseHandle has the pointer only.
    inside = ", ".join(f"{t} {'@' + n if n in KEYWORDS else n}" for t, n in typed)
    text = ", StringMarshalling = StringMarshalling.Utf8" if any(t == "string" for t, _ in typed) else ""
    shown = "@" + name if name in KEYWORDS else name
    return f'    [LibraryImport(Library, EntryPoint = "af_{name}"{text})]\n    internal static partial {RETURNS[returns]} {shown}({inside});\n'


def exports(text):
    body = macros(text)
    both = re.compile(
        r"\b(?:OP|OP2|OP3|LIST|DO)\((\w+),\s*\(((?:[^()]|\([^()]*\))*)\)"
        r"|\bAPI af_(\w+)\(((?:[^()]|\([^()]*\))*)\)"
        r"|visibility\(\"default\"\)\)\) ([\w ]+\*?) ?af_(\w+)\(((?:[^()]|\([^()]*\))*)\)")
    for m in both.finditer(body):
        if m[1] or m[3]:
            yield declare(m[1] or m[3], m[2] or m[4] or "")
        else:
            yield declare(m[6], m[7], m[5].strip())


for source in sorted(HERE.glob("*.cpp")):
    theme = source.stem.capitalize()
    lines = "\n".join(exports(source.read_text()))
    (OUT / f"Native.{theme}.cs").write_text(
        f"// Written by native/imports.py from native/{source.name}.\nusing System.Runtime.InteropServices;\n\n"
        f"namespace ActorFed.Kernel.Torch;\n\ninternal static unsafe partial class Native\n{{\n{lines}}}\n")
