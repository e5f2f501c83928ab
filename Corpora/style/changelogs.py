#!/usr/bin/env python3
"""Makes style tasks of what developers wrote of their changes.

    changelogs.py FILE… -o NAME [--lengths 250,1000,4000] [--posts]

FILE, plain or packed by gzip, is debian/changelog of a source package, what `git log` prints (`commit`, `Author:`,
`Date:`, the message indented), or a GNU changelog (date, name and address; the message indented), told by its lines.

An author is all names and addresses that are linked by entries: one who writes a name in two ways under one address, or
has two addresses under one name, is one author, else the same hand would count as two. Left out are entries that name
several people or a team, what an author has elsewhere word for word, lines that name who signed, reviewed or reported,
and what links lead to. What one wrote of several Debian packages is split by packages, by the time of their first entry, so that
no package is on both sides, and side B0 begins with the newest; logs of the other two kinds are split by time, in halves.
Authors with at least so many characters on both sides are split by a hash into fit (half), calib (a fifth) and test.
Writes NAME-LENGTH.docs.ndjson.gz and NAME-LENGTH.pairs.tsv, one pair of the same author and one of different authors for
each; names are hashed. With --posts a document is a list of entries with their times in place of one text, so that posting
hours count; a GNU changelog names days alone. What comes out depends on the files alone, not on their order.
"""
import argparse
import collections
import datetime
import email.utils
import gzip
import hashlib
import json
import re
import unicodedata

DEBIAN = re.compile(r'^\S+ \([^)]*\)[^\n]*\n(.*?)^ -- ([^<\n]*)<([^>\n]*)>  ([^\n]*)$', re.M | re.S)
GIT = re.compile(r'^Author: +([^<\n]*)<([^>\n]*)>\n(?:\w+: .*\n)*?Date: +([^\n]*)\n((?:\n|    .*\n)*)', re.M)
GNU = re.compile(r'^(\d{4}-\d\d-\d\d)(?: +[\d:]+(?: [+-]\d{4})?)? +(\S[^<\n]*?) *<([^>\n]*)>[^\n]*\n((?:\n|[\t ].*\n)*)', re.M)
TEAM = re.compile(r'\b(?:team|maintainers|group|packagers)\b|@lists\.|^packages@', re.I)
SEVERAL = re.compile(r'^\s*\[ ', re.M)
LINK = re.compile(r'(?:https?|ftp)://[^\s<>)\]"]+')
TRAILER = re.compile(r'^\s*(?:[A-Z]\w+-\w+(?:-\w+)*|Cc|CC|Fixes|Closes|Part-of): .*$|^\s*\(cherry picked from .*$', re.M)


def digest(name):
    return hashlib.sha256(name.encode()).hexdigest()


class Authors:
    """Names and addresses of the same people (union-find)."""

    def __init__(self):
        self.parents = {}

    def root(self, key):
        self.parents.setdefault(key, key)
        while self.parents[key] != key:
            self.parents[key] = self.parents[self.parents[key]]
            key = self.parents[key]
        return key

    def key(self, name, address):
        """A key of the name, linked with that of the address; None for neither."""
        plain = unicodedata.normalize('NFKD', re.sub(r'\(.*?\)', '', name).lower())
        words = re.findall(r'\w+', ''.join(c for c in plain if not unicodedata.combining(c)))
        keys = ['name ' + ' '.join(words)] if words else []
        if '@' in address:
            keys.append('address ' + address.strip().lower())
        if len(keys) == 2:
            # The lesser stands for both, so that the order of entries does not matter.
            one, other = sorted(map(self.root, keys))
            self.parents[other] = one
        return keys[0] if keys else None


def instant(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def cleaned(message):
    return re.sub(r'\n{2,}', '\n', TRAILER.sub('', LINK.sub('URL', message))).strip()


def entries(text):
    """(name, address, seconds, time as written, message) of each entry."""
    if DEBIAN.search(text[:200_000]):
        for body, name, address, date in DEBIAN.findall(text):
            if SEVERAL.search(body):
                continue
            try:
                time = email.utils.parsedate_to_datetime(date.strip()).timestamp()
            except ValueError:
                continue
            lines = [line[2:] if line.startswith('  ') else line for line in body.strip('\n').split('\n')]
            yield name.strip(), address, time, instant(time), LINK.sub('URL', '\n'.join(lines)).strip()
        return
    for name, address, date, body in GIT.findall(text):
        try:
            time = datetime.datetime.strptime(date.strip(), '%a %b %d %H:%M:%S %Y %z').timestamp()
        except ValueError:
            continue
        yield name.strip(), address, time, instant(time), cleaned('\n'.join(line[4:] for line in body.split('\n')))
    for date, name, address, body in GNU.findall(text):
        try:
            time = datetime.datetime.strptime(date + ' +0000', '%Y-%m-%d %z').timestamp()
        except ValueError:
            continue
        yield name.strip(), address, time, date, cleaned('\n'.join(line.strip() for line in body.split('\n')))


def read(paths):
    """{author: {(time, time as written, package or '', text)}}."""
    people, written = Authors(), collections.defaultdict(set)
    for path in paths:
        with open(path, 'rb') as file:
            data = file.read()
        text = (gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data).decode('utf-8', 'replace')
        package = text.split(' ', 1)[0] if DEBIAN.search(text[:200_000]) else ''
        for name, address, time, written_at, message in entries(text):
            if TEAM.search(name) or TEAM.search(address):
                continue
            key = people.key(name, address)
            if key and message:
                written[key].add((time, written_at, package, message))
    authors = collections.defaultdict(set)
    for key, texts in written.items():
        authors[people.root(key)] |= texts
    return authors


def sides(entries):
    """The texts of both halves of an author's packages, or of what lies before and after the middle, with their times."""
    entries = sorted(entries)
    packages = list(dict.fromkeys(package for _, _, package, _ in entries))
    if packages == ['']:
        texts, total, before, older, newer = {}, 0, 0, [], []
        for _, at, _, text in entries:
            texts.setdefault(text, at)
        total = sum(map(len, texts))
        for text, at in texts.items():
            (older if before + len(text) / 2 < total / 2 else newer).append((text, at))
            before += len(text)
        return older, newer
    first = set(packages[:len(packages) // 2])
    older, newer = {}, {}
    for _, at, package, text in entries:
        if package in first:
            older.setdefault(text, at)
    for _, at, package, text in reversed(entries):
        if package not in first:
            newer.setdefault(text, at)
    return list(older.items()), [(text, at) for text, at in newer.items() if text not in older]


def content(side, length, as_posts):
    """The first characters of a side, as one text or as posts."""
    if not as_posts:
        return {'text': '\n'.join(text for text, _ in side)[:length]}
    posts = []
    for text, at in side:
        posts.append({'at': at, 'text': text[:length]})
        length -= len(text)
        if length <= 0:
            return {'posts': posts}
    return {'posts': posts}


def write(name, length, texts, as_posts):
    authors = sorted(author for author in texts
                     if all(sum(len(text) + (not as_posts) for text, _ in side) >= length + (not as_posts) for side in texts[author]))
    splits = {'fit': [], 'calib': [], 'test': []}
    for author in authors:
        place = int(digest(author), 16) % 100
        splits['fit' if place < 50 else 'calib' if place < 70 else 'test'].append(author)
    with gzip.open(f'{name}-{length}.docs.ndjson.gz', 'wt') as documents, open(f'{name}-{length}.pairs.tsv', 'w') as pairs:
        for split, members in splits.items():
            for number, author in enumerate(members):
                code = digest(author)[:12]
                for side, entries in zip(('A0', 'B0'), texts[author]):
                    document = {'id': f'{code}:{side}', 'author': code, 'split': split, 'side': side}
                    documents.write(json.dumps({**document, **content(entries, length, as_posts)}) + '\n')
                if split != 'fit':
                    other = digest(members[(number + 1) % len(members)])[:12]
                    pairs.write(f'{split}\t{code}:A0\t{code}:B0\t1\n{split}\t{code}:A0\t{other}:B0\t0\n')
    print(f'{name}-{length}: ' + ', '.join(f'{len(members)} authors {split}' for split, members in splits.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('logs', nargs='+')
    parser.add_argument('-o', required=True, dest='name', help='begins the names of the files')
    parser.add_argument('--lengths', default='250,1000,4000', help='characters of a text, between commas')
    parser.add_argument('--posts', action='store_true', help='posts with their times in place of one text')
    arguments = parser.parse_args()
    texts = {author: sides(entries) for author, entries in read(arguments.logs).items()}
    for length in arguments.lengths.split(','):
        write(arguments.name, int(length), texts, arguments.posts)


if __name__ == '__main__':
    main()
