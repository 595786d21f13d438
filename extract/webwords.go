package extract

import (
	"strings"
	"unicode"

	"infocus/extract/fold"
)

// Words that stand around the articles of any site, beside those that a profile names. They count where a block holds
// nothing else.

// lexiconOfWeb gives the kinds of the usual phrases by their keys.
func lexiconOfWeb() map[string]lineKind {
	words := map[string]lineKind{}
	add := func(kind lineKind, phrases ...string) {
		for _, phrase := range phrases {
			words[fold.Key(phrase)] = kind
		}
	}
	add(isEnder,
		"related", "related articles", "related posts", "related stories", "related news", "related materials", "related content",
		"related publications", "related analysis", "related reading", "related links", "similar articles", "similar posts",
		"similar stories", "similar news", "more on this topic", "more on the topic", "more on this", "more from this section",
		"more in this section", "more stories", "more articles", "more news", "more analysis", "you may also like",
		"you might also like", "you may be interested in", "recommended", "recommended for you", "recommended reading",
		"read next", "latest articles", "latest news", "latest posts", "latest analysis", "recent posts", "recent articles",
		"recent comments", "most read", "most popular", "popular articles", "popular posts", "trending now",
		"comments", "comment", "leave a comment", "leave a reply", "add a comment", "post a comment", "write a comment",
		"no comments", "no comments yet", "be the first to comment", "join the discussion", "post navigation",
		"about the author", "about the authors", "all rights reserved", "upcoming events", "follow us",
		"other articles", "other articles this week", "other articles of the week", "also this week", "this week",
		"читайте также", "по теме", "материалы по теме", "похожие материалы", "похожие статьи", "другие статьи", "ещё по теме",
		"рекомендуем", "комментарии", "оставить комментарий", "добавить комментарий", "комментариев нет", "последние новости",
		"последние статьи", "популярное", "об авторе", "все права защищены", "навигация по записям",
		"чытайце таксама", "па тэме", "матэрыялы па тэме", "падобныя матэрыялы", "іншыя артыкулы", "яшчэ па тэме", "раім",
		"каментары", "каментарыі", "пакінуць каментар", "дадаць каментар", "апошнія навіны", "апошнія артыкулы", "папулярнае",
		"пра аўтара", "усе правы абаронены")
	add(isOddment,
		"share", "share this", "share this article", "share article", "share with friends", "share on", "share via", "share link", "share on facebook",
		"share on twitter", "share on x", "share on telegram", "share on linkedin", "share on vk", "share on whatsapp", "share by email",
		"send by email", "tweet", "tweet this", "copy link", "copy the link", "link copied", "print", "print this", "print this page", "print version",
		"download pdf", "save as pdf", "skip to content", "skip to main content", "skip to navigation", "back to top",
		"back", "go back", "scroll to top", "to top", "advertisement", "advertising", "sponsored", "sign up", "sign in", "log in", "login",
		"register", "search", "menu", "toggle navigation", "open menu", "close", "home", "accept", "accept all", "accept cookies",
		"decline", "reject", "reject all", "cookie settings", "manage cookies", "privacy policy", "terms of use", "reply", "read also", "see also", "also read",
		"tags", "tag", "categories", "category", "filed under", "topics", "views", "reading time", "min read", "minutes read", "minute read", "shares", "likes",
		"your e-mail", "your email", "enter your email", "email address", "send", "submit", "donate", "support us",
		"previous", "next", "previous article", "next article", "previous post", "next post", "newer", "older",
		"поделиться", "поделиться в", "поделиться ссылкой", "распечатать", "версия для печати", "печать", "скопировать ссылку", "наверх", "назад", "войти",
		"регистрация", "поиск", "меню", "главная", "реклама", "теги", "метки", "рубрика", "рубрики", "просмотров", "просмотры",
		"ответить", "принять", "закрыть", "отправить", "смотрите также",
		"падзяліцца", "падзяліцца ў", "друкаваць", "версія для друку", "друк", "капіяваць спасылку", "уверх", "назад", "увайсці",
		"рэгістрацыя", "пошук", "меню", "галоўная", "рэклама", "тэгі", "цэтлікі", "рубрыка", "рубрыкі", "праглядаў", "прагляды",
		"адказаць", "прыняць", "закрыць", "адправіць", "глядзіце таксама")
	add(isNetwork,
		"facebook", "fb", "twitter", "x", "telegram", "vkontakte", "vk", "whatsapp", "viber", "linkedin", "reddit", "instagram", "youtube",
		"odnoklassniki", "ok", "mail", "email", "e-mail", "rss", "pinterest", "livejournal", "google", "google+", "фейсбук", "твиттер",
		"телеграм", "вконтакте", "одноклассники", "фэйсбук", "твітар", "тэлеграм", "укантакце")
	return words
}

// noticesOfWeb gives the keys of words that short notices around an article begin with.
func noticesOfWeb() map[start][]string {
	keys := map[start][]string{}
	for _, words := range [...]string{
		"Found a mistake", "Found an error", "Found a typo", "Noticed a mistake", "Noticed an error", "Spotted a mistake", "If you find a mistake",
		"If you have found", "Follow us", "Join us on", "Join our", "Subscribe to our", "Sign up for our", "Read us on", "We use cookies",
		"This site uses cookies", "This website uses cookies", "Our site uses cookies", "All rights reserved", "Reprinting", "Reprints",
		"Please wait", "Loading, please wait", "Posted by", "Posted in", "Filed under", "This page was last",
		"Нашли ошибку", "Заметили ошибку", "Если вы нашли ошибку", "Подписывайтесь на", "Следите за нами", "Читайте нас", "Мы используем файлы cookie",
		"Пожалуйста, подождите", "Загрузка, подождите", "Перепечатка", "Все права защищены",
		"Знайшлі памылку", "Заўважылі памылку", "Калі вы знайшлі памылку", "Падпісвайцеся на", "Сачыце за намі", "Чытайце нас", "Калі ласка, пачакайце", "Перадрук", "Усе правы абаронены",
	} {
		keys[startOf(words)] = append(keys[startOf(words)], fold.Key(words))
	}
	return keys
}

// maxWebWords bounds the blocks that are looked up, and maxNotice those that only begin with known words, in bytes.
const (
	maxWebWords = 96
	maxNotice   = 240
)

// webWords says whether a block is one of the usual phrases around an article.
func (e *Extractor) webWords(b *block) lineKind {
	switch {
	case startsCopyright(b.text):
		return isEnder
	case len(b.text) > maxNotice:
		return 0
	case b.isLink() && len(b.anchors) > 1 && len(b.text) <= maxWebWords:
		return e.linkRow(b)
	}
	start := startOf(b.text)
	switch {
	case e.isNotice(b.text, start):
		return isOddment
	case len(b.text) > maxWebWords || !e.webStarts[start]:
		return 0
	}
	var room [2 * maxWebWords]byte
	key := string(fold.AppendKey(room[:0], b.text))
	kind, ok := e.web[key]
	if !ok {
		kind, ok = e.web[trimCount(key)]
	}
	switch {
	case !ok:
		return e.labelledList(b)
	case kind == isNetwork && !b.isLink() && !b.flags.has(isButton):
		return 0
	case kind == isNetwork:
		return isOddment
	}
	return kind
}

// isNotice says whether a text begins as the notices around articles do.
func (e *Extractor) isNotice(text string, s start) bool {
	for _, key := range e.notices[s] {
		if end, ok := fold.After(text, key); ok && (end == len(text) || !unicode.IsLetter(rune(text[end]))) {
			return true
		}
	}
	return false
}

// trimCount takes a number off the beginning or end of a key: "3 comments", "comments (3".
func trimCount(key string) string {
	return strings.TrimLeft(strings.TrimRight(key, "0123456789 ([:"), "0123456789 ")
}

// startsCopyright says whether text is the line of a site's owner.
func startsCopyright(text string) bool {
	return strings.HasPrefix(text, "©") || strings.HasPrefix(text, "Copyright ") || strings.HasPrefix(text, "(c) ") || strings.HasPrefix(text, "(C) ")
}

// labelledList says whether a block is one of the usual labels and then links: "Tags: NATO, Russia".
func (e *Extractor) labelledList(b *block) lineKind {
	label, rest, ok := strings.Cut(b.text, ":")
	if !ok || b.linked == 0 || 2*b.linked < len(rest) || len(label) > maxLabel {
		return 0
	}
	var room [2 * maxLabel]byte
	if kind := e.web[string(fold.AppendKey(room[:0], label))]; kind != 0 {
		return isOddment
	}
	return 0
}

// linkRow says whether a block is a row of links with nothing but the usual words: buttons of social networks.
func (e *Extractor) linkRow(b *block) lineKind {
	for i := range b.anchors {
		a := &b.anchors[i]
		var room [2 * maxWebWords]byte
		from, to := max(a.from, b.from), min(a.to, b.to)
		if from >= to {
			continue
		}
		if e.web[string(fold.AppendKey(room[:0], b.text[from-b.from:to-b.from]))]&(isOddment|isNetwork) == 0 {
			return 0
		}
	}
	return isOddment
}
