// Checks a log that Cognate wrote with Go's own implementation (golang.org/x/mod/sumdb), and nothing of Cognate's.
//
//	interoperability LOG VKEY [PROOF…]
//
// LOG is a folder in the layout of C2SP tlog-tiles, VKEY its public key or a file that holds it. Every checkpoint must be
// signed by the key; every older one must be consistent with the newest; every entry must be proved in the newest by the
// tiles; and every proof in LOG/proofs, and each PROOF, must hold. Exit status: 0 all holds, 1 something does not.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(format string, arguments ...interface{}) {
	fmt.Fprintf(os.Stderr, "interoperability: "+format+"\n", arguments...)
	os.Exit(1)
}

// checkpoint opens a signed note and reads the three lines of a checkpoint.
func checkpoint(text []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(hash) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("the root is not 32 bytes in base64")
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], hash)
	return tree, nil
}

// tiles reads tiles from the folder. Go's paths name the height, which tlog-tiles leaves out as it is always 8.
type tiles struct{ folder string }

func (tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range wanted {
		path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		data, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		read = append(read, data)
	}
	return read, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// entries reads all entries: bundles of 256, each entry after its length in two bytes.
func entries(folder string, size int64) ([][]byte, error) {
	var found [][]byte
	for first := int64(0); first < size; first += 256 {
		tile := tlog.Tile{H: 8, L: 0, N: first / 256, W: 256}
		if size-first < 256 {
			tile.W = int(size - first)
		}
		path := "tile/entries/" + strings.TrimPrefix(tile.Path(), "tile/8/0/")
		data, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return nil, err
		}
		for len(data) > 0 {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("%s ends in the middle of an entry", path)
			}
			length := int(binary.BigEndian.Uint16(data))
			found = append(found, data[2:2+length])
			data = data[2+length:]
		}
	}
	if int64(len(found)) != size {
		return nil, fmt.Errorf("%d entries instead of %d", len(found), size)
	}
	return found, nil
}

// proof checks a tlog-proof. The entry is that of the log at its index; where the proof brings one, it must be the same.
func proof(text []byte, verifier note.Verifier, all [][]byte) error {
	parts := bytes.SplitN(text, []byte("\n\n"), 2)
	if len(parts) != 2 {
		return fmt.Errorf("no blank line")
	}
	head, err := checkpoint(parts[1], verifier)
	if err != nil {
		return err
	}
	lines := strings.Split(string(parts[0]), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("not a tlog-proof")
	}
	lines = lines[1:]
	var extra []byte
	if strings.HasPrefix(lines[0], "extra ") {
		if extra, err = base64.StdEncoding.DecodeString(lines[0][6:]); err != nil {
			return err
		}
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil || index < 0 || index >= int64(len(all)) {
		return fmt.Errorf("no index, or one beyond the log")
	}
	var path tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	entry := all[index]
	if extra != nil {
		// The commitment, or salt and payload, which it is the SHA-256 of.
		if len(extra) != 32 {
			hash := sha256.Sum256(extra)
			extra = hash[:]
		}
		if !bytes.Equal(extra, entry) {
			return fmt.Errorf("the proof brings another entry than the log has")
		}
	}
	return tlog.CheckRecord(path, head.N, head.Hash, index, tlog.RecordHash(entry))
}

func main() {
	if len(os.Args) < 3 {
		fail("usage: interoperability LOG VKEY [PROOF…]")
	}
	folder, key := os.Args[1], os.Args[2]
	if data, err := os.ReadFile(key); err == nil {
		key = string(data)
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(key))
	if err != nil {
		fail("the key: %v", err)
	}
	text, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		fail("%v", err)
	}
	newest, err := checkpoint(text, verifier)
	if err != nil {
		fail("checkpoint: %v", err)
	}
	reader := tlog.TileHashReader(newest, tiles{folder})
	all, err := entries(folder, newest.N)
	if err != nil {
		fail("%v", err)
	}
	// The tree of the entries, made anew.
	var stored []tlog.Hash
	for index, entry := range all {
		hashes, err := tlog.StoredHashes(int64(index), entry, tlog.HashReaderFunc(func(wanted []int64) ([]tlog.Hash, error) {
			var found []tlog.Hash
			for _, place := range wanted {
				found = append(found, stored[place])
			}
			return found, nil
		}))
		if err != nil {
			fail("%v", err)
		}
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(newest.N, tlog.HashReaderFunc(func(wanted []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, place := range wanted {
			found = append(found, stored[place])
		}
		return found, nil
	}))
	if err != nil || root != newest.Hash {
		fail("the entries have the root %v, the checkpoint says %v (%v)", root, newest.Hash, err)
	}
	for index, entry := range all {
		path, err := tlog.ProveRecord(newest.N, int64(index), reader)
		if err != nil {
			fail("entry %d: %v", index, err)
		}
		if err := tlog.CheckRecord(path, newest.N, newest.Hash, int64(index), tlog.RecordHash(entry)); err != nil {
			fail("entry %d: %v", index, err)
		}
	}
	names, err := filepath.Glob(filepath.Join(folder, "checkpoint.*"))
	if err != nil {
		fail("%v", err)
	}
	sort.Strings(names)
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			fail("%v", err)
		}
		older, err := checkpoint(text, verifier)
		if err != nil {
			fail("%s: %v", name, err)
		}
		if filepath.Base(name) != fmt.Sprintf("checkpoint.%d", older.N) {
			fail("%s is of %d entries", name, older.N)
		}
		if older.N == newest.N {
			if older.Hash != newest.Hash {
				fail("%s has another root than checkpoint", name)
			}
			continue
		}
		path, err := tlog.ProveTree(newest.N, older.N, reader)
		if err != nil {
			fail("%s: %v", name, err)
		}
		if err := tlog.CheckTree(path, newest.N, newest.Hash, older.N, older.Hash); err != nil {
			fail("%s: %v", name, err)
		}
	}
	proofs, err := filepath.Glob(filepath.Join(folder, "proofs", "*.tlog-proof"))
	if err != nil {
		fail("%v", err)
	}
	proofs = append(proofs, os.Args[3:]...)
	for _, name := range proofs {
		text, err := os.ReadFile(name)
		if err != nil {
			fail("%v", err)
		}
		if err := proof(text, verifier, all); err != nil {
			fail("%s: %v", name, err)
		}
	}
	fmt.Printf("Go agrees: %d entries, %d checkpoints, %d proofs\n", newest.N, len(names)+1, len(proofs))
}
