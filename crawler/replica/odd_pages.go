package replica

import (
	"html"
	"net/http"
)

// parked answers every address of a domain that is for sale.
func (s *Site) parked(rq *request) answer {
	a := answer{status: http.StatusOK, page: PageUnknown, contentType: "text/html; charset=utf-8"}
	if rq.URL.Path == "/robots.txt" {
		a.status, a.page = http.StatusNotFound, PageRobots
		return a
	}
	a.body = []byte(`<!DOCTYPE html><html><head><title>` + html.EscapeString(rq.Host) + `</title>
<meta name="robots" content="noindex"></head><body style="font-family:sans-serif;text-align:center">
<h1>` + html.EscapeString(rq.Host) + `</h1><p>This domain may be for sale. Buy this domain.</p>
<h2>Related searches</h2><ul><li><a href="/?q=news">News today</a><li><a href="/?q=visa">Visa application</a>
<li><a href="/?q=loan">Personal loans</a><li><a href="/?q=web+hosting">Web hosting</a></ul>
<p><small>The sponsored listings displayed above are served automatically by a third party.</small></p></body></html>
`)
	return a
}

// interstitial is the page of a guard against bots.
const interstitial = `<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>
<meta http-equiv="refresh" content="390"><meta name="robots" content="noindex,nofollow"></head><body>
<div class="main-wrapper" role="main"><div class="main-content"><noscript><div class="h2">
<span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript></div></div>
<script>(function(){window._cf_chl_opt={cvId:'3',cType:'managed',cRay:'0'};var a=document.createElement('script');
a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1';document.head.appendChild(a);}());</script>
</body></html>
`

// pdf is a small document of that format.
const pdf = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" +
	"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
