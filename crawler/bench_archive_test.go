package crawler_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/net/html"

	"infocus/archive"
	"infocus/archive/dataset"
)

// benchArchive crawls 1,000 pages once.
func benchArchive(b *testing.B) archive.Dir {
	b.Helper()
	dir := b.TempDir()
	outsideCrawl(b, outsideReplica(b, 1000), dir)
	return archive.Dir(dir)
}

func reportPages(b *testing.B, pages int) {
	b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
}

func BenchmarkRebuild(b *testing.B) {
	dir := benchArchive(b)
	pages := 0
	for b.Loop() {
		out, err := archive.Rebuild(context.Background(), dir, archive.RebuildOptions{})
		if err != nil {
			b.Fatal(err)
		}
		pages += out.Captures
	}
	reportPages(b, pages)
}

func BenchmarkReextract(b *testing.B) {
	dir := benchArchive(b)
	pages := 0
	for b.Loop() {
		out, err := archive.Reextract(context.Background(), dir, archive.RebuildOptions{})
		if err != nil {
			b.Fatal(err)
		}
		pages += out.Captures
	}
	reportPages(b, pages)
}

// BenchmarkGunzipAndParse is the loop that rebuild is held against: it unpacks the same WARC files record by
// record and parses each page, and does nothing with it.
func BenchmarkGunzipAndParse(b *testing.B) {
	dir := benchArchive(b)
	files, err := filepath.Glob(filepath.Join(dir.WARC(), "*.warc.gz"))
	if err != nil {
		b.Fatal(err)
	}
	pages := 0
	for b.Loop() {
		for _, file := range files {
			pages += gunzipAndParse(b, file)
		}
	}
	reportPages(b, pages)
}

func gunzipAndParse(b *testing.B, file string) int {
	b.Helper()
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	in := bufio.NewReader(f)
	z, err := gzip.NewReader(in)
	pages := 0
	for err == nil {
		z.Multistream(false)
		record, rerr := io.ReadAll(z)
		if rerr != nil {
			b.Fatal(rerr)
		}
		pages += parseRecord(b, record)
		err = z.Reset(in)
	}
	if !errors.Is(err, io.EOF) {
		b.Fatal(err)
	}
	return pages
}

func parseRecord(b *testing.B, record []byte) int {
	b.Helper()
	_, block, _ := bytes.Cut(record, []byte("\r\n\r\n"))
	if !bytes.HasPrefix(block, []byte("HTTP/1.1 200")) {
		return 0
	}
	r, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
	if err != nil {
		b.Fatal(err)
	}
	body := r.Body
	if r.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(r.Body); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := html.Parse(body); err != nil {
		b.Fatal(err)
	}
	return 1
}

// BenchmarkExport and BenchmarkCat write the same bytes into a pipe that is read at once.
func BenchmarkExport(b *testing.B) {
	dir := benchArchive(b)
	size := int64(0)
	for b.Loop() {
		size += piped(b, func(w *os.File) error {
			_, err := dataset.JSONL(dir, w, dataset.Options{})
			return err
		})
	}
	reportBytes(b, size)
}

func BenchmarkCat(b *testing.B) {
	dir := benchArchive(b)
	file := filepath.Join(b.TempDir(), "export.jsonl")
	out, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := dataset.JSONL(dir, out, dataset.Options{}); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
	size := int64(0)
	for b.Loop() {
		size += piped(b, func(w *os.File) error {
			cmd := exec.Command("cat", file)
			cmd.Stdout = w
			return cmd.Run()
		})
	}
	reportBytes(b, size)
}

func reportBytes(b *testing.B, size int64) {
	b.ReportMetric(float64(size)/1e6/b.Elapsed().Seconds(), "MB/s")
}

func piped(b *testing.B, write func(*os.File) error) int64 {
	b.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	read := make(chan int64)
	go func() {
		n, _ := io.Copy(io.Discard, r)
		read <- n
	}()
	if err := errors.Join(write(w), w.Close()); err != nil {
		b.Fatal(err)
	}
	n := <-read
	_ = r.Close()
	return n
}
