package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedArticle reads the one article of the site that is known whole; the test is skipped where it does not lie beside the
// checkout.
func sharedArticle(t testing.TB) *meant {
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "site", "article.txt"))
	if err != nil {
		t.Skip("article.txt is not beside the checkout")
	}
	var lines []string
	for line := range strings.SplitSeq(string(data), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	m := &meant{
		Name: "article.txt", Path: "/security-issues/minsk-develops-cooperation-nato-retains-military-cooperation-russia",
		Translation: "/by/pytanni-byaspeki/minsk-razvivae", Edition: "en", Lang: "en", By: lines[0], Period: lines[1],
		Start: "2017-12-04", End: "2017-12-10", Section: lines[2], Headline: lines[3], Verdict: lines[4], Trend: "better",
		Second: "before", Lead: lines[6],
	}
	for _, p := range lines[7:11] {
		m.Body = append(m.Body, map[string]any{"p": p})
	}
	return m
}

func TestKnownArticleInEveryMarkup(t *testing.T) {
	m, e := sharedArticle(t), newTestExtractor(t)
	for _, markup := range allMarkups(t) {
		t.Run(markup.Name(), func(t *testing.T) {
			want := m.want(t)
			adapt(markup.Name(), m, &want)
			compare(t, e, Page{URL: testBase + m.Path, Time: testTime(), Body: []byte(m.wrap(t, markup))}, want)
		})
	}
}

// TestKnownArticleWithAllItsLinesInOneKindOfElement puts every line of the known page, chrome included, into elements of one kind with
// no class, no landmark and no heading: nothing but the words is left to go by.
func TestKnownArticleWithAllItsLinesInOneKindOfElement(t *testing.T) {
	m, e := sharedArticle(t), newTestExtractor(t)
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "site", "article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.SplitSeq(string(data), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	want := m.want(t)
	want.Translations = nil
	for _, title := range []string{"", m.Headline, m.Headline + " - Belarus in Focus", "Belarus in Focus", "Belarus in Focus | Security issues"} {
		for name, form := range map[string][4]string{
			"p": {"", "<p>", "</p>", ""}, "div": {"", "<div>", "</div>\n", ""}, "li": {"<ul>", "<li>", "</li>", "</ul>"},
			"rows": {"<table>", "<tr><td>", "</td></tr>", "</table>"}, "cells": {"<table><tr>", "<td>", "</td>", "</tr></table>"},
			"dd": {"<dl>", "<dd>", "</dd>", "</dl>"}, "section": {"<section>", "<section>", "</section>", "</section>"},
			"custom": {"<x-page>", "<x-line>", "</x-line>", "</x-page>"}, "br": {"<td>", "", "<br>", ""}, "two br": {"<div>", "", "<br><br>\n", "</div>"},
			"spans that touch": {"<div>", "<span>", "</span>", "</div>"}, "unclosed p": {"", "<p>", "\n", ""}, "p in boxes": {"<div>", "<div><div><p>", "</p></div></div>", "</div>"},
			"spans in p": {"", "<p><span>", "</span></p>", ""}, "font": {"", "<font size=2>", "</font><br>", ""}, "fields": {"", "<div class=field><div class=field-item>", "</div></div>", ""},
		} {
			t.Run(name+"/"+title, func(t *testing.T) {
				page := "<html><head><title>" + title + "</title></head><body>" + form[0]
				for _, line := range lines {
					page += form[1] + line + form[2]
				}
				compare(t, e, Page{URL: testBase + m.Path, Time: testTime(), Body: []byte(page + form[3] + "</body></html>")}, want)
			})
		}
	}
}
