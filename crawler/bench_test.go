package crawler_test

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"testing"

	"github.com/gocolly/colly/v2"
)

// The crawl benchmarks read the same pages of a replica in another process, with warm caches there. Each
// reports pages/s; `make bench` prints the ratios.

func BenchmarkCrawl(b *testing.B) {
	for _, pages := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("pages=%d", pages), func(b *testing.B) {
			base := outsideReplica(b, pages)
			bare(b, base)
			asked, seconds, memory := 0, 0.0, 0.0
			b.ResetTimer()
			for range b.N {
				m := outsideCrawl(b, base, b.TempDir())
				asked += m.Pages
				seconds += m.Seconds
				memory = max(memory, m.RssAnonMB)
			}
			b.ReportMetric(float64(asked)/seconds, "pages/s")
			b.ReportMetric(memory, "RssAnon-MB")
		})
	}
}

func BenchmarkBareColly(b *testing.B) {
	b.Run("pages=1000", func(b *testing.B) {
		base := outsideReplica(b, 1000)
		bare(b, base)
		pages := 0
		b.ResetTimer()
		for range b.N {
			pages += bare(b, base)
		}
		b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
	})
}

// bare crawls with Colly as it comes: it parses every page and follows every link within the site.
func bare(b *testing.B, base string) int {
	b.Helper()
	u, err := url.Parse(base)
	if err != nil {
		b.Fatal(err)
	}
	pages := 0
	c := colly.NewCollector(colly.AllowedDomains(u.Hostname()), colly.UserAgent("bench"))
	c.OnHTML("a[href]", func(e *colly.HTMLElement) { _ = e.Request.Visit(e.Attr("href")) })
	c.OnResponse(func(*colly.Response) { pages++ })
	if err := c.Visit(base + "/"); err != nil {
		b.Fatal(err)
	}
	return pages
}

func BenchmarkWget(b *testing.B) {
	wget, err := exec.LookPath("wget")
	if err != nil {
		b.Skip("wget is not installed")
	}
	b.Run("pages=1000", func(b *testing.B) {
		base := outsideReplica(b, 1000)
		bare(b, base)
		pages := 0
		b.ResetTimer()
		for range b.N {
			pages += wgetPages(b, wget, base)
		}
		b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
	})
}

// wgetPages reads the site with wget and counts the responses in its WARC file.
func wgetPages(b *testing.B, wget, base string) int {
	b.Helper()
	dir := b.TempDir()
	cmd := exec.Command(wget, "-q", "-r", "-l", "inf", "-e", "robots=off", "--warc-file", dir+"/w", "--warc-cdx", "-nd", "--delete-after", "-P", dir, base+"/")
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 8 { // 8: some page answered with an error
		b.Fatal(err)
	}
	cdx, err := os.ReadFile(dir + "/w.cdx")
	if err != nil {
		b.Fatal(err)
	}
	return bytes.Count(cdx, []byte("\n")) - 1 // the first line is a heading
}
