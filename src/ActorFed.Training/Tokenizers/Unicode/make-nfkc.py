"""Writes nfkc.txt, the tables of Unicode normalisation form KC, from Python's unicodedata. Usage: python3 make-nfkc.py > nfkc.txt

One record a line, code points in hex: D code mapping... (full compatibility decomposition), C code class (canonical combining
class, when not 0), P first second composed (primary composite). Hangul syllables are arithmetic and not listed.
"""
import unicodedata as u

points = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF and not 0xAC00 <= c <= 0xD7A3]
print(f"# Unicode {u.unidata_version}; made by make-nfkc.py")
for c in points:
    full = u.normalize("NFKD", chr(c))
    if full != chr(c):
        print(f"D {c:X} " + " ".join(f"{ord(x):X}" for x in full))
for c in points:
    if u.combining(chr(c)):
        print(f"C {c:X} {u.combining(chr(c))}")
for c in points:
    pair = u.decomposition(chr(c))
    # What NFC takes apart for good (singletons, exclusions) does not come back from its own decomposition.
    if pair and not pair.startswith("<") and u.normalize("NFC", u.normalize("NFD", chr(c))) == chr(c):
        first, second = pair.split()
        print(f"P {first} {second} {c:X}")
