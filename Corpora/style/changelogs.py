#!/usr/bin/env python3
"""Makes style tasks of Debian changelogs: what maintainers wrote of one half of their packages against the other half.

    changelogs.py CHANGELOG… -o NAME [--lengths 250,1000,4000]

CHANGELOG is debian/changelog of a source package, plain or packed by gzip. An author is the name that signs an entry;
entries that name several people are left out, and so is an entry that an author has elsewhere word for word. Packages
of an author are split by the time of their first entry, so that no package is on both sides; side B0 begins with the
newest. Authors with at least so many characters on both sides are split by a hash of the name into fit (half), calib
(a fifth) and test. Writes NAME-LENGTH.docs.ndjson.gz and NAME-LENGTH.pairs.tsv, one pair of the same author and one of
different authors for each; names are hashed. What comes out depends on the changelogs alone, not on their order.
"""
import argparse
import collections
import email.utils
import gzip
import hashlib
import json
import re

ENTRY = re.compile(r'^\S+ \([^)]*\)[^\n]*\n(.*?)^ -- ([^<\n]*)<[^>\n]*>  ([^\n]*)$', re.M | re.S)
SEVERAL = re.compile(r'^\s*\[ ', re.M)


def digest(name):
    return hashlib.sha256(name.encode()).hexdigest()


def read(paths):
    """{author: {(time, package, text)}}."""
    authors = collections.defaultdict(set)
    for path in paths:
        with open(path, 'rb') as file:
            data = file.read()
        changelog = (gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data).decode('utf-8', 'replace')
        package = changelog.split(' ', 1)[0]
        for body, name, date in ENTRY.findall(changelog):
            if SEVERAL.search(body):
                continue
            try:
                time = email.utils.parsedate_to_datetime(date.strip()).timestamp()
            except ValueError:
                continue
            lines = [line[2:] if line.startswith('  ') else line for line in body.strip('\n').split('\n')]
            authors[name.strip().lower()].add((time, package, '\n'.join(lines).strip()))
    return authors


def sides(entries):
    """The texts of both halves of an author's packages."""
    entries = sorted(entries)
    packages = list(dict.fromkeys(package for _, package, _ in entries))
    first = set(packages[:len(packages) // 2])
    older = dict.fromkeys(text for _, package, text in entries if package in first)
    newer = dict.fromkeys(text for _, package, text in reversed(entries) if package not in first)
    return '\n'.join(older), '\n'.join(text for text in newer if text not in older)


def write(name, length, texts):
    authors = sorted(author for author in texts if all(len(side) >= length for side in texts[author]))
    splits = {'fit': [], 'calib': [], 'test': []}
    for author in authors:
        place = int(digest(author), 16) % 100
        splits['fit' if place < 50 else 'calib' if place < 70 else 'test'].append(author)
    with gzip.open(f'{name}-{length}.docs.ndjson.gz', 'wt') as documents, open(f'{name}-{length}.pairs.tsv', 'w') as pairs:
        for split, members in splits.items():
            for number, author in enumerate(members):
                code = digest(author)[:12]
                for side, text in zip(('A0', 'B0'), texts[author]):
                    document = {'id': f'{code}:{side}', 'author': code, 'split': split, 'side': side}
                    documents.write(json.dumps({**document, 'text': text[:length]}) + '\n')
                if split != 'fit':
                    other = digest(members[(number + 1) % len(members)])[:12]
                    pairs.write(f'{split}\t{code}:A0\t{code}:B0\t1\n{split}\t{code}:A0\t{other}:B0\t0\n')
    print(f'{name}-{length}: ' + ', '.join(f'{len(members)} authors {split}' for split, members in splits.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('changelogs', nargs='+')
    parser.add_argument('-o', required=True, dest='name', help='begins the names of the files')
    parser.add_argument('--lengths', default='250,1000,4000', help='characters of a text, between commas')
    arguments = parser.parse_args()
    texts = {author: sides(entries) for author, entries in read(arguments.changelogs).items()}
    for length in arguments.lengths.split(','):
        write(arguments.name, int(length), texts)


if __name__ == '__main__':
    main()
