package facts

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

// dateKey names the month, weekday or relative day of a word, or gives "". key is the word in lower case. A month that is
// also a common word ("may", "march") counts with a capital only.
func dateKey(w Word, key string) string {
	if isCommonWord(key) {
		first, _ := utf8.DecodeRuneInString(w.Text)
		if !unicode.IsUpper(first) {
			return ""
		}
	}
	if name, ok := dateWords()[key]; ok {
		return name
	}
	return stemValue(dateStems(), key)
}

func isCommonWord(key string) bool {
	switch key {
	case "may", "march", "mar", "jan", "dec", "sun", "sat", "wed":
		return true
	}
	return false
}

// dateWords and dateStems: months are 1 to 12, weekdays 101 to 107, relative days 200 and on.
var (
	dateWords = sync.OnceValue(func() map[string]string {
		return values(`
1 january jan 2 february feb 3 march mar марта март 4 april apr 5 may май мая маю маі 6 june jun 7 july jul 8 august aug
9 september sep sept 10 october oct 11 november nov 12 december dec
101 monday mon понедельник 102 tuesday tue вторник 103 wednesday wed среда среду среды 104 thursday thu четверг чацвер
105 friday fri 106 saturday sat 107 sunday sun воскресенье воскресенья
200 today сегодня сёння 201 yesterday вчера учора 202 tomorrow завтра заўтра 203 tonight
210 last previous летась 211 next coming upcoming 212 current сёлета
1 янв 2 февр фев 4 апр 8 авг 9 сент 10 окт 11 нояб 12 дек`)
	})
	dateStems = sync.OnceValue(func() map[string]string {
		return values(`
1 январ студзен студз 2 феврал лют лютаг 3 март сакавік 4 апрел красавік 5 травен траўн 6 июн чэрвен чэрвен чэрв 7 июл ліпен ліп
8 август жнівен жніўн 9 сентябр верасн верасен 10 октябр кастрычнік 11 ноябр лістапад 12 декабр снежан снежн
101 понедельник панядзелак панядзелк 102 вторник аўторак аўторк 103 серад 104 четверг чацв 105 пятниц пятніц 106 суббот субот
107 воскресень нядзел 210 прошл минувш мінул 211 следующ будущ наступн будуч 212 нынешн текущ цяперашн`)
	})
)
