package extract

import (
	"bytes"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// benchPages gives pages of 30 to 60 kB in several markups: an article with a long text and the chrome of a real site around it.
func benchPages(t testing.TB) map[string]Page {
	m := loadArticles(t, "../testdata/pages/articles/rich.yaml")[0]
	text := m.Body
	for range 6 {
		m.Body = append(m.Body, text...)
	}
	pages := map[string]Page{}
	for _, markup := range loadMarkups(t, "../testdata/pages/markups/*.html") {
		page := m.wrap(t, markup)
		pages[markup.Name()] = Page{URL: testBase + m.Path, Time: testTime(), ContentType: "text/html; charset=utf-8", Body: []byte(fatten(page))}
	}
	return pages
}

// fatten adds what real pages are full of: scripts, styles, menus, icons, comments, attributes.
func fatten(page string) string {
	head := strings.Repeat(`<link rel="stylesheet" id="theme-css" href="/wp-content/themes/focus/style.css?ver=5.2" media="all"><meta name="viewport" content="width=device-width">`, 12) +
		"<style>" + strings.Repeat(".entry-content p{margin:0 0 1.5em;color:#222}", 60) + "</style><script>" + strings.Repeat("window.dataLayer=window.dataLayer||[];", 60) + "</script>"
	menu := `<div class="menu-wrap"><ul class="menu">` + strings.Repeat(`<li class="menu-item menu-item-type-custom"><a class="link" href="/about-monitoring" title="About"><span class="icon"></span><span>About us</span></a><!-- item --></li>`, 60) + `</ul></div>`
	page = strings.Replace(page, "</head>", head+"</head>", 1)
	page = strings.Replace(page, "</HEAD>", head+"</HEAD>", 1)
	page = strings.Replace(page, "</body>", menu+"</body>", 1)
	return strings.Replace(page, "</BODY>", menu+"</BODY>", 1)
}

func BenchmarkParse(b *testing.B) {
	for name, p := range benchPages(b) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(p.Body)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := html.Parse(bytes.NewReader(p.Body)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkExtract(b *testing.B) {
	e := newTestExtractor(b)
	for name, p := range benchPages(b) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(p.Body)))
			b.ReportAllocs()
			for b.Loop() {
				if r := e.Extract(p); r.Kind != KindArticle {
					b.Fatal(r.Reason)
				}
			}
		})
	}
}

// cpu gives the processor time that the process has used, the collector's included.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// least gives the smaller of two durations, of which the first may not be set.
func least(a, b time.Duration) time.Duration {
	if a == 0 || b < a {
		return b
	}
	return a
}

// BenchmarkRatio takes turns between the two, so that whatever else the machine does hits both, and reports what Extract costs
// in terms of html.Parse: processor time of the best turn of each, not time on the wall.
func BenchmarkRatio(b *testing.B) {
	const turn = 16
	e := newTestExtractor(b)
	for name, p := range benchPages(b) {
		b.Run(name, func(b *testing.B) {
			var parse, extract time.Duration
			for b.Loop() {
				start := cpu(b)
				for range turn {
					if _, err := html.Parse(bytes.NewReader(p.Body)); err != nil {
						b.Fatal(err)
					}
				}
				middle := cpu(b)
				for range turn {
					e.Extract(p)
				}
				extract = least(extract, cpu(b)-middle)
				parse = least(parse, middle-start)
			}
			b.ReportMetric(float64(extract)/float64(parse), "ratio")
		})
	}
}
