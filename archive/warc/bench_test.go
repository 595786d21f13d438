package warc

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"

	"infocus/archive/capture"
)

const benchPages = 300

// benchPage is a page of about 30 kB with words, links and classes.
func benchPage(random *rand.Rand) []byte {
	words := strings.Fields("the of government security Minsk situation has not changed economy elections president political " +
		"parties Russia West relations sanctions dialogue representatives increasingly cooperation opposition authorities")
	var b bytes.Buffer
	b.WriteString("<!doctype html><html><head><title>x</title></head><body>")
	for b.Len() < 30_000 {
		fmt.Fprintf(&b, "<div class=\"c%d\"><a href=\"/p/%d\">link %d</a><p>", random.IntN(100), random.IntN(100_000), random.IntN(1000))
		for range 40 {
			b.WriteString(words[random.IntN(len(words))])
			b.WriteByte(' ')
		}
		b.WriteString("</p></div>\n")
	}
	b.WriteString("</body></html>")
	return b.Bytes()
}

func benchGroups(b *testing.B) []Group {
	b.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	groups := make([]Group, benchPages)
	for i := range groups {
		x := exchange(i)
		body := benchPage(random)
		x.Response = fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		groups[i] = response(b, x)
	}
	return groups
}

func perPage(b *testing.B) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/benchPages, "µs/page")
}

// BenchmarkGunzip is the bare loop that BenchmarkScan is measured against: it decompresses the same file.
func BenchmarkGunzip(b *testing.B) {
	file := readFile(b, archiveOf(b, benchGroups(b)...))
	b.ReportAllocs()
	for b.Loop() {
		gz, err := gzip.NewReader(bufio.NewReader(bytes.NewReader(file)))
		if err == nil {
			_, err = io.Copy(io.Discard, gz)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	perPage(b)
}

func BenchmarkScan(b *testing.B) {
	path := archiveOf(b, benchGroups(b)...)
	for _, digest := range []bool{false, true} {
		b.Run(fmt.Sprintf("digest=%t", digest), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Scan(context.Background(), path, ScanOptions{Digest: digest}, func(*Unit) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
			perPage(b)
		})
	}
}

func BenchmarkVerify(b *testing.B) {
	path := archiveOf(b, benchGroups(b)...)
	seal := sealOf(b, path)
	for b.Loop() {
		if v, err := Verify(context.Background(), path, seal, nil); err != nil || len(v.Problems) > 0 {
			b.Fatal(err, v)
		}
	}
	perPage(b)
}

// BenchmarkEncode compares the levels of compression: time a page, and bytes a page.
func BenchmarkEncode(b *testing.B) {
	groups := benchGroups(b)
	for _, level := range []int{1, 3, 5, 6, 7, 9} {
		b.Run(fmt.Sprintf("level=%d", level), func(b *testing.B) {
			deflate, err := flate.NewWriter(nil, level)
			if err != nil {
				b.Fatal(err)
			}
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				for _, g := range groups {
					for i := range g {
						if err := writeMember(&out, deflate, g[i].appendHead(nil, ""), g[i].Block); err != nil {
							b.Fatal(err)
						}
					}
				}
			}
			perPage(b)
			b.ReportMetric(float64(out.Len())/benchPages, "B/page")
		})
	}
}

// BenchmarkWrite is the whole way of a batch of ten to a durable file.
func BenchmarkWrite(b *testing.B) {
	groups := benchGroups(b)
	for b.Loop() {
		w := openWriter(b, b.TempDir(), Options{})
		for i := 0; i < len(groups); i += 10 {
			appendSync(b, w, groups[i:i+10]...)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	perPage(b)
}

func BenchmarkReadAt(b *testing.B) {
	path := archiveOf(b, benchGroups(b)...)
	units, _ := scanAll(b, path, ScanOptions{})
	for i := 0; b.Loop(); i++ {
		at := units[1+i%benchPages].Location
		if _, err := ReadAt(context.Background(), filepath.Join(filepath.Dir(path), at.File), at.Offset); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMessage(b *testing.B) {
	x := &capture.Exchange{Response: benchGroups(b)[0][1].Block}
	for b.Loop() {
		if _, err := x.Message(); err != nil {
			b.Fatal(err)
		}
	}
}
