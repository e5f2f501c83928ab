#!/usr/bin/env python3
"""Trains the style embedding: a matrix over hashed n-grams, learned by contrast of authors.

    embedding.py TASKS -o style-embedding.bin [--corpora blogs,irc] [--members 1] [--steps 600] [--seed 0]

TASKS holds NAME.docs.ndjson.gz ({author, split, side, text}); NAME is CORPUS-KIND-LENGTH. Only documents of split 'fit'
are read. Needs NumPy and SciPy. The same arguments give the same file on the same machine; another BLAS may round
otherwise. One thread; about 5 minutes of CPU a member and 4 GB for 23 MB of text.

Model. A text is the counts of its character 2-5-grams and of its word and mark 1-2-grams, under the keys of
Sources/Stylometry/Profile/StyleHash.swift. Per family (characters; words), over the keys of the vocabulary alone:
x = (1 + ln count) * idf, divided by its Euclidean norm; words then times 0.7. Embedding: e = x W + b, divided by its
norm. Score of two texts: e1 . e2.

Learning. Documents are cut into windows of 250 characters; a step draws up to 384 authors of one corpus and for each
one window of 1, 1, 2 or 4 pieces on side A and one on side B of one task (other time, other topics; or other channel).
Loss: InfoNCE both ways, temperature 0.1, the other authors of the batch as negatives; 0.3 of the n-grams are dropped at
random. Adam (0.9, 0.999), 50 steps of warming up, then half a cosine down to 5%.

Members. Matrices learned from other seeds err otherwise, so that the mean of their scores is better than any. That mean is
the score of their embeddings side by side, each divided by its root mean square length; of these the leading directions
over 12,000 training pieces are kept, as many as one member has. They are linear in x, so several members cost no more than
one where texts are compared.

File, little endian: 8 bytes 'COGSTEM1'; u32 dimensions d, u32 character keys p, u32 word keys q; f32 weight of words (0.7);
u32[p] keys of characters, u32[q] keys of words, each ascending; f32[p + q] idf; f32[p + q] scale; i8[(p + q) * d] W / scale,
a row a key; f32[d] bias b."""
import argparse
import glob
import gzip
import json
import os
import re
import struct
import sys

os.environ['OMP_NUM_THREADS'] = os.environ['OPENBLAS_NUM_THREADS'] = '1'
import numpy as np
import scipy.sparse as sp

u32, u64 = np.uint32, np.uint64
PIECE = 250
SPACE = re.compile(r'\s+')
TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]|\n")
WORD_WEIGHT = 0.7
token_hashes = {}


def mix(x):
    x = x ^ (x >> u32(16))
    x = x * u32(0x7FEB352D)
    x = x ^ (x >> u32(15))
    x = x * u32(0x846CA68B)
    return x ^ (x >> u32(16))


def character_keys(text):
    text = ' ' + SPACE.sub(' ', text).strip() + ' '
    scalars = np.frombuffer(text.encode('utf-32-le', 'replace'), dtype=u32)
    h = np.zeros(len(scalars), u32)
    found = [np.zeros(0, u32)]
    for n in range(1, 6):
        m = len(scalars) - n + 1
        if m <= 0:
            break
        h = h[:m] * u32(0x9E3779B1) + scalars[n - 1:n - 1 + m]
        if n > 1:
            found.append(mix(h + u32(n * 0x85EBCA6B % 2**32)))
    return np.concatenate(found)


def token_hash(token):
    t = 7
    scalars = [ord(c) for c in token]
    if len(scalars) % 2:
        scalars.append(0)
    for i in range(0, len(scalars), 2):
        t = (t ^ (scalars[i] | scalars[i + 1] << 32)) * 0xD6E8FEB86659FD93 % 2**64
        t ^= t >> 32
    return t


def word_keys(text):
    hashes = []
    for token in TOKEN.findall(text):
        if token not in token_hashes:
            token_hashes[token] = token_hash(token)
        hashes.append(token_hashes[token])
    single = np.array(hashes, dtype=u64)
    pairs = single[:-1] * u64(0xA0761D6478BD642F) + single[1:] + u64(2)
    return ((np.concatenate([single, pairs]) * u64(0x9E3779B97F4A7C15)) >> u64(32)).astype(u32)


def read_pieces(folder, corpora):
    """(corpus, author) -> task -> side -> [(first piece, pieces)], and the texts of all pieces."""
    authors, texts = {}, []
    for path in sorted(glob.glob(os.path.join(folder, '*.docs.ndjson.gz'))):
        task = os.path.basename(path).split('.')[0]
        corpus = task.split('-')[0]
        if corpus not in corpora:
            continue
        for line in gzip.open(path, 'rt', encoding='utf8'):
            doc = json.loads(line)
            if doc['split'] != 'fit':
                continue
            text, first = doc['text'], len(texts)
            texts += [text[j:j + PIECE] for j in range(0, max(1, len(text) - PIECE + 1), PIECE)]
            sides = authors.setdefault((corpus, doc['author']), {}).setdefault(task, {'A': [], 'B': []})
            sides[doc['side'][0]].append((first, len(texts) - first))
    return authors, texts


def counts(texts, keys_of):
    """Per text the distinct keys and how often each occurs."""
    pairs = [np.unique(keys_of(t), return_counts=True) for t in texts]
    return [k for k, _ in pairs], [c.astype(np.float32) for _, c in pairs]


def vocabulary(keys, authors, size):
    """The keys that most authors use, ascending."""
    each = []
    for tasks in authors.values():
        rows = [i for t in tasks.values() for s in t.values() for first, n in s for i in range(first, first + n)]
        each.append(np.unique(np.concatenate([keys[i] for i in rows])))
    distinct, users = np.unique(np.concatenate(each), return_counts=True)
    return np.sort(distinct[np.argsort(-users, kind='stable')[:size]])


def matrix(keys, values, vocab):
    columns, data, ends = [], [], [0]
    for k, v in zip(keys, values):
        at = np.minimum(np.searchsorted(vocab, k), len(vocab) - 1)
        known = vocab[at] == k
        columns.append(at[known].astype(np.int32))
        data.append(v[known])
        ends.append(ends[-1] + int(known.sum()))
    return sp.csr_matrix((np.concatenate(data), np.concatenate(columns), np.array(ends)), shape=(len(keys), len(vocab)))


class Trainer:
    def __init__(self, X, idf, characters, authors, corpora, options, seed):
        self.X, self.idf, self.characters, self.o = X, idf, characters, options
        self.rng = np.random.default_rng(seed)
        self.corpora = corpora
        self.pool = {c: [] for c in corpora}
        for (corpus, _), tasks in sorted(authors.items()):
            usable = [(s['A'], s['B']) for s in tasks.values() if s['A'] and s['B']]
            if usable:
                self.pool[corpus].append(usable)
        shape = (X.shape[1], options.dimensions)
        self.W = (self.rng.standard_normal(shape) / np.sqrt(options.dimensions)).astype(np.float32)
        self.b = np.zeros(options.dimensions, np.float32)
        self.moments = [np.zeros_like(p) for p in (self.W, self.W, self.b, self.b)]

    def weighed(self, X, dropout):
        X.data = (1 + np.log(X.data)) * self.idf[X.indices]
        if dropout > 0:
            X.data *= self.rng.random(len(X.data), dtype=np.float32) >= dropout
        word = X.indices >= self.characters
        family = np.repeat(np.arange(X.shape[0]), np.diff(X.indptr)) * 2 + word
        square = np.bincount(family, weights=X.data.astype(np.float64)**2, minlength=2 * X.shape[0])
        norm = np.sqrt(np.maximum(square, 1e-12))
        X.data = (X.data / norm[family] * np.where(word, WORD_WEIGHT, 1.0)).astype(np.float32)
        return X

    def batch(self):
        rng = self.rng
        people = self.pool[self.corpora[rng.integers(len(self.corpora))]]
        length = [1, 1, 2, 4][rng.integers(4)]
        windows = [[], []]
        for x in rng.permutation(len(people))[:self.o.batch]:
            task = people[x][rng.integers(len(people[x]))]
            for side, documents in enumerate(task):
                first, n = documents[rng.integers(len(documents))]
                e = min(length, n)
                windows[side].append((first + rng.integers(n - e + 1), e))
        all_windows = windows[0] + windows[1]
        rows = np.concatenate([np.arange(s, s + e) for s, e in all_windows])
        X = self.X[rows]
        if length > 1:
            ends = np.concatenate([[0], np.cumsum([e for _, e in all_windows])])
            add = sp.csr_matrix((np.ones(len(rows), np.float32), np.arange(len(rows)), ends),
                                shape=(len(all_windows), len(rows)))
            X = add @ X
        return self.weighed(X.tocsr(), self.o.dropout)

    def step(self, t):
        X = self.batch()
        e = X @ self.W + self.b
        norm = np.linalg.norm(e, axis=1, keepdims=True)
        z = e / norm
        h = len(z) // 2
        S = z[:h] @ z[h:].T / self.o.temperature
        rows = np.exp(S - S.max(1, keepdims=True))
        rows /= rows.sum(1, keepdims=True)
        cols = np.exp(S - S.max(0, keepdims=True))
        cols /= cols.sum(0, keepdims=True)
        same = np.arange(h)
        loss = -float(np.log(np.maximum(rows[same, same], 1e-30)).mean())
        G = rows + cols
        G[same, same] -= 2
        G /= 2 * h * self.o.temperature
        dz = np.vstack([G @ z[h:], G.T @ z[:h]])
        de = (dz - z * (dz * z).sum(1, keepdims=True)) / norm
        rate = self.o.rate * min(1, t / 50) * (0.5 * (1 + np.cos(np.pi * t / self.o.steps)) * 0.95 + 0.05)
        c1, c2 = 1 - 0.9**t, 1 - 0.999**t
        m, v = self.moments[:2]
        g = X.T @ de
        m *= 0.9
        m += 0.1 * g
        v *= 0.999
        v += 0.001 * (g * g)
        self.W -= (rate / c1) * (m / (np.sqrt(v / c2) + 1e-8))
        # The bias in another order of operations: by it the shipped weights come out to the bit.
        g = de.sum(0)
        m = self.moments[2] = 0.9 * self.moments[2] + 0.1 * g
        v = self.moments[3] = 0.999 * self.moments[3] + 0.001 * g * g
        self.b -= rate * (m / c1) / (np.sqrt(v / c2) + 1e-8)
        return loss


def joined(members, pieces):
    """One matrix and bias for several, whose score is about the mean of theirs: of the members side by side the leading
    directions over some weighed pieces, as many as each has."""
    W, b, embedded = [], [], []
    for member_W, member_b in members:
        e = pieces @ member_W + member_b
        scale = 1 / np.sqrt((e * e).sum(1).mean())
        for part, value in ((W, member_W), (b, member_b), (embedded, e)):
            part.append(value * scale)
    W, b, embedded = np.hstack(W), np.concatenate(b), np.hstack(embedded)
    directions = np.linalg.eigh(embedded.T @ embedded)[1][:, ::-1][:, :members[0][0].shape[1]]
    return W @ directions, b @ directions


def write(path, W, b, characters, words, idf):
    scale = np.abs(W).max(1) / 127
    scale[scale == 0] = 1
    with open(path, 'wb') as f:
        f.write(b'COGSTEM1')
        f.write(struct.pack('<IIIf', W.shape[1], len(characters), len(words), WORD_WEIGHT))
        for part, kind in ((characters, '<u4'), (words, '<u4'), (idf, '<f4'), (scale, '<f4'),
                           (np.round(W / scale[:, None]), 'i1'), (b, '<f4')):
            f.write(np.ascontiguousarray(part.astype(kind)).tobytes())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('tasks')
    p.add_argument('-o', '--output', required=True)
    p.add_argument('--corpora', default='blogs,irc')
    p.add_argument('--characters', type=int, default=32768)
    p.add_argument('--words', type=int, default=8192)
    p.add_argument('--dimensions', type=int, default=128)
    p.add_argument('--members', type=int, default=1)
    p.add_argument('--steps', type=int, default=600)
    p.add_argument('--batch', type=int, default=384)
    p.add_argument('--rate', type=float, default=2e-3)
    p.add_argument('--temperature', type=float, default=0.1)
    p.add_argument('--dropout', type=float, default=0.3)
    p.add_argument('--seed', type=int, default=0)
    o = p.parse_args()
    corpora = o.corpora.split(',')
    authors, texts = read_pieces(o.tasks, corpora)
    if not texts:
        sys.exit(f'{o.tasks}: no document of split "fit" of the corpora {o.corpora}; give the folder of the tasks')
    parts, vocabularies = [], []
    for keys_of, size in ((character_keys, o.characters), (word_keys, o.words)):
        keys, values = counts(texts, keys_of)
        vocabularies.append(vocabulary(keys, authors, size))
        parts.append(matrix(keys, values, vocabularies[-1]))
        del keys, values
    X = sp.hstack(parts).tocsr()
    X.sort_indices()
    documents = np.bincount(X.indices, minlength=X.shape[1])
    idf = (np.log((1 + X.shape[0]) / (1 + documents)) + 1).astype(np.float32)
    print(f'{len(authors)} authors, {len(texts)} pieces, {X.shape[1]} keys', file=sys.stderr)
    members = []
    for seed in range(o.seed, o.seed + o.members):
        trainer = Trainer(X, idf, len(vocabularies[0]), authors, corpora, o, seed)
        for t in range(1, o.steps + 1):
            loss = trainer.step(t)
            if t % 50 == 0:
                print(f'seed {seed}, step {t}: loss {loss:.3f}', file=sys.stderr, flush=True)
        members.append((trainer.W, trainer.b))
    W, b = members[0]
    if o.members > 1:
        rows = np.sort(np.random.default_rng(o.seed).permutation(X.shape[0])[:12_000])
        W, b = joined(members, trainer.weighed(X[rows], dropout=0))
    write(o.output, W, b, *vocabularies, idf)


if __name__ == '__main__':
    with np.errstate(over='ignore'):
        main()
