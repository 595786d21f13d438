package facts

import (
	"slices"
	"strings"
	"sync"
)

// remeasured says that both sides name a unit of money, time, weight, length or share, and not the same ones.
func remeasured(old, new []Word) bool {
	a, b := unitsOf(old), unitsOf(new)
	return len(a) > 0 && len(b) > 0 && !slices.Equal(a, b)
}

func unitsOf(list []Word) []string {
	var found []string
	for _, w := range list {
		if unit := unitKey(strings.ToLower(w.Text)); unit != "" {
			found = append(found, unit)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func unitKey(key string) string {
	if unit := unitWords()[key]; unit != "" {
		return unit
	}
	return stemValue(unitStems(), key)
}

// moneyKey gives the currency or share that a sign or word in lower case names, or "": "20" is not "20%", and "$20" is
// "20 dollars".
func moneyKey(key string) string {
	switch key {
	case "%":
		return "40"
	case "$":
		return "1"
	case "€":
		return "2"
	case "₽":
		return "3"
	case "£":
		return "7"
	}
	if unit := unitKey(key); len(unit) == 1 || unit == "40" {
		return unit
	}
	return ""
}

// unitWords and unitStems number the units; only whether two are the same matters.
var (
	unitWords = sync.OnceValue(func() map[string]string {
		return values(`
1 dollar dollars usd 2 euro euros eur евро еўра 3 rouble roubles ruble rubles rub byn руб 4 zloty zlotys 5 yuan юань 6 hryvnia hryvnias 7 pound pounds gbp фунт фунты
11 minute minutes 12 hour hours час часа часов 13 day days день дня дней дню днём дзень дня дзён дні дням
14 week weeks 15 month months 16 year years год года лет годы гады гадоў 17 decade decades 18 century centuries век века веков
20 tonne tonnes ton tons 21 kilogram kilograms kg кг 22 barrel barrels 23 gram grams
30 kilometre kilometres kilometer kilometers km км 31 metre metres meter meters 32 mile miles 33 hectare hectares
40 percent cent pct percentage 41 point points пункт пункта пунктов`)
	})
	unitStems = sync.OnceValue(func() map[string]string {
		return values(`1 доллар долар 3 рубл 4 злот злоты 5 юан 6 гривн грыўн 11 минут мінут хвілін 12 часов гадзін
14 недел тыдн тыдзень тыдзен 15 месяц 17 десятилети дзесяцігоддз 18 столети стагоддз 20 тонн тон 22 баррел барэл
30 километр кіламетр 31 метр 33 гектар 40 процент працэнт`)
	})
)
