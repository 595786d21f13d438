package extract

// Words of pages that are not of the site's making, on any site. A profile can add to each list. They count in titles,
// headings and short lines, never in prose.

// interstitialWords stand on pages that want proof of a browser or a person.
func interstitialWords() []string {
	return []string{
		"just a moment", "attention required", "checking your browser", "please wait while we check your browser", "checking if the site connection is secure",
		"verifying you are human", "verify you are human", "verify that you are human", "please verify you are a human", "confirm you are human", "are you a robot",
		"i'm not a robot", "i am not a robot", "robot check", "human verification", "security check", "security verification", "performing security verification", "security checkpoint",
		"one moment, please", "one more step", "please complete the security check", "needs to review the security of your connection", "ddos protection by",
		"ddos-guard", "enable javascript and cookies to continue", "please turn javascript on and reload the page", "please enable javascript and reload",
		"please enable javascript to view the page content", "please enable cookies", "why have i been blocked", "you have been blocked", "access to this page has been denied",
		"pardon our interruption", "request unsuccessful. incapsula", "unusual traffic from your", "automated access", "making sure you're not a bot", "client challenge", "captcha",
		"проверка браузера", "проверяем ваш браузер", "проверка, что вы человек", "подтвердите, что вы человек", "подтвердите, что вы не робот", "я не робот", "вы не робот",
		"один момент", "включите javascript", "доступ к сайту ограничен", "доступ ограничен", "праверка браўзера", "пацвердзіце, што вы не робат", "я не робат",
	}
}

// loginWords stand on pages that want a name and a password.
func loginWords() []string {
	return []string{
		"log in", "login", "sign in", "log in to your account", "sign in to your account", "sign in to continue", "please log in", "please sign in", "you must be logged in", "you must log in",
		"authorization required", "authentication required", "lost your password", "forgot password", "forgot your password", "remember me",
		"войти", "вход", "вход на сайт", "вход в систему", "авторизация", "забыли пароль", "увайсці", "уваход", "аўтарызацыя", "забылі пароль",
	}
}

// parkedWords stand on domains that are for sale, expired or without a site.
func parkedWords() []string {
	return []string{
		"domain is for sale", "domain may be for sale", "domain name is for sale", "domain for sale", "buy this domain", "buy the domain", "purchase this domain", "make an offer on this domain",
		"the domain has expired", "this domain has expired", "domain expired", "domain is parked", "parked domain", "parked free", "domain parking", "this domain is registered", "domain was recently registered",
		"this domain name has been registered", "inquire about this domain", "interested in this domain", "related searches", "get this domain", "this site is under construction", "website coming soon",
		"account suspended", "this account has been suspended", "welcome to nginx", "apache2 ubuntu default page", "apache2 debian default page", "default web page", "default server page",
		"there is no website configured at this address", "sorry, there is no website", "future home of something quite cool", "hugedomains", "sedo domain parking",
		"домен продается", "домен выставлен на продажу", "купить домен", "купить этот домен", "домен припаркован", "домен не прилинкован", "срок регистрации домена", "срок действия домена", "аккаунт заблокирован", "сайт заблокирован хостингом", "дамен прадаецца",
	}
}

// missingWords stand on pages that say there is no page, whatever the status.
func missingWords() []string {
	return []string{
		"page not found", "page cannot be found", "page can't be found", "the page you requested could not be found", "the page you are looking for", "not found", "error 404", "404 error", "404 not found",
		"404 page not found", "nothing found", "nothing was found", "no posts found", "no results found", "no articles found", "oops! that page can't be found", "404", "page does not exist", "this page doesn't exist", "410 gone",
		"страница не найдена", "ничего не найдено", "ошибка 404", "запрашиваемая страница не найдена", "старонка не знойдзена", "нічога не знойдзена", "памылка 404",
	}
}
