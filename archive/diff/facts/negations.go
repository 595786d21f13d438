package facts

import (
	"strings"
	"sync"
)

// negationKey names the negation that a word in lower case is or holds, or gives "".
func negationKey(key string) string {
	switch {
	case strings.HasSuffix(key, "n't"), key == "cannot":
		return "not"
	case key == "ня", key == "не":
		return "not"
	case key == "бяз", key == "без", key == "without":
		return "without"
	case negations()[key]:
		return key
	}
	return ""
}

var (
	negations = sync.OnceValue(func() map[string]bool {
		return words(`not no never none nobody nothing nowhere neither nor unless hardly barely scarcely lack lacks lacking except
ни нет никто никого никому ничто ничего ничему никогда нигде никак никуда никакой никакая никакие никаких нельзя невозможно
отнюдь вряд едва отсутствие отсутствует
ні няма ніхто нікога нікому нішто нічога нічому ніколі нідзе ніяк нікуды ніякі ніякая ніякія ніякіх нельга немагчыма наўрад
ледзь адсутнасць адсутнічае`)
	})

	hedges = sync.OnceValue(func() map[string]bool {
		return words(`may might could can possibly perhaps probably likely presumably apparently seemingly supposedly reportedly
allegedly purportedly alleged purported rumoured rumored unconfirmed seems seem appears appear potentially
nearly almost approximately roughly virtually практически почти примерно приблизительно амаль прыкладна
возможно вероятно видимо якобы предположительно может могут мог могла могли наверное пожалуй кажется похоже вроде
магчыма верагодна відаць нібыта быццам мусіць можа могуць магла маглі напэўна здаецца падобна`)
	})

	// onlys shut everything else out.
	onlys = sync.OnceValue(func() map[string]bool {
		return words(`only solely exclusively merely только лишь исключительно толькі выключна`)
	})

	// futures say that something is not done yet.
	futures = sync.OnceValue(func() map[string]bool {
		return words(`will would shall 'll будет будут будем буду будзе будуць будзем`)
	})

	// ranks make another office of an office.
	ranks = sync.OnceValue(func() map[string]bool {
		return words(`deputy vice acting former ex заместитель заместителя заместителю заместителем замглавы замминистра вице бывший
бывшая бывшего бывшей бывшему бывшим намеснік намесніка намесніку намеснікам намесніца былы былая былога былой былому былым`)
	})

	denyingPrefixes = sync.OnceValue(func() map[string]bool {
		return words(`un in im il ir dis non mis anti counter de не ни без бес анти контр рас раз ня ні бяз бязь анты`)
	})
)
