package facts

import (
	"strings"
	"testing"
)

func wordsOf(s string) []Word {
	var list []Word
	for field := range strings.FieldsSeq(s) {
		text, opens := strings.CutPrefix(field, "^")
		list = append(list, Word{Text: text, Opens: opens})
	}
	return list
}

// TestDiffer gives what went and what came; "^" marks the first word of a sentence.
func TestDiffer(t *testing.T) {
	for _, c := range []struct {
		old, new string
		want     bool
	}{
		// numbers
		{"20", "30", true}, {"20", "", true}, {"20", "20 %", true}, {"five", "5", false}, {"8th", "8", false}, {"first", "second", true},
		{"million", "billion", true}, {"млн", "миллионов", false}, {"миллионов", "миллиардов", true}, {"три", "трёх", false},
		{"три", "четыре", true}, {"пяти", "пять", false}, {"пяць", "шэсць", true}, {"мільёнаў", "млн", false}, {"дзве", "тры", true},
		{"двадцати", "тридцати", true}, {"%", "", true}, {"$", "€", true}, {"a", "the", false},
		// dates
		{"December", "January", true}, {"Dec", "December", false}, {"may", "must", true}, {"^May", "^March", true}, {"march", "rally", false},
		{"декабря", "января", true}, {"декабрь", "декабре", false}, {"снежня", "снежань", false}, {"снежня", "студзеня", true},
		{"вторник", "среду", true}, {"аўторак", "чацвер", true}, {"today", "yesterday", true},
		// negations
		{"", "not", true}, {"not", "never", true}, {"is", "isn’t", true}, {"can", "cannot", true}, {"с", "без", true}, {"", "не", true},
		{"", "ня", true}, {"не", "ня", false}, {"шмат", "нічога", true}, {"stable", "unstable", true}, {"legal", "illegal", true},
		{"законный", "незаконный", true}, {"законны", "незаконны", true}, {"able", "unable", true}, {"do", "undo", false},
		{"agree", "disagree", true}, {"active", "proactive", false},
		// hedges and questions
		{"", "reportedly", true}, {"", "якобы", true}, {"", "нібыта", true}, {"perhaps", "possibly", false}, {".", "?", true}, {".", "!", false},
		// names
		{"Minsk", "Moscow", true}, {"Lukashenka", "Lukashenko", true}, {"^Government", "^Cabinet", false}, {"^NATO", "^OSCE", true},
		{"Belarus", "Belarus’s", false}, {"Government", "government", false}, {"I", "we", false}, {"^Minsk", "^minsk", false},
		{"Макей", "Мартынов", true},
		// opposites
		{"increase", "decrease", true}, {"increased", "grew", false}, {"more", "less", true}, {"supported", "opposed", true},
		{"support", "assistance", false}, {"увеличится", "уменьшится", true}, {"палепшылася", "пагоршылася", true}, {"all", "some", true},
		{"some", "most", true}, {"more or less", "less or more", false}, {"before", "after", true}, {"нового", "старого", false},
		// units
		{"days", "weeks", true}, {"day", "days", false}, {"рублей", "долларов", true}, {"рублей", "рубля", false}, {"тыдні", "месяцы", true},
		{"per cent", "percentage point", true}, {"per cent", "percent", false}, {"percent", "points", true}, {"year", "season", false},
		// signs and words of share and money
		{"%", "percent", false}, {"%", "per cent", false}, {"%", "процентов", false}, {"%", "працэнтаў", false}, {"$", "dollars", false},
		{"USD", "$", false}, {"USD", "€", true}, {"dollars", "", true}, {"рублёў", "", true}, {"40", "40 percent", true},
		// what is to come, what is shut out, rank, who
		{"will sign", "signed", true}, {"will", "would", false}, {"будет", "", true}, {"будзе", "", true},
		{"", "only", true}, {"", "только", true}, {"", "толькі", true}, {"only", "solely", false},
		{"^Deputy", "", true}, {"", "бывший", true}, {"", "былы", true}, {"he", "she", true}, {"ён", "яна", true}, {"he", "they", false},
		{"last", "next", true}, {"this", "last", true}, {"прошлой", "следующей", true}, {"мінулым", "наступным", true},
		{"прошлого", "прошлом", false}, {"nearly", "", true}, {"почти", "", true}, {"амаль", "", true}, {"nearly", "almost", false},
		// nothing
		{"", "", false}, {"defence", "military", false}, {"программы", "проекта", false}, {"праграмы", "праекта", false},
	} {
		if got := Differ(wordsOf(c.old), wordsOf(c.new)); got != c.want {
			t.Errorf("%q to %q: got %v, want %v", c.old, c.new, got, c.want)
		}
		if got := Differ(wordsOf(c.new), wordsOf(c.old)); got != c.want {
			t.Errorf("%q to %q: got %v, want %v", c.new, c.old, got, c.want)
		}
	}
}

func TestKnownNames(t *testing.T) {
	for word, want := range map[string]bool{
		"Belarus": true, "Belarusian": true, "belarus": false, "Лукашенко": true, "Лукашэнкі": true, "Мінску": true, "The": false, "NATO": true,
		"Беларусі": true, "": false, "Ы": false,
	} {
		if got := IsKnownName(word); got != want {
			t.Errorf("%q: got %v, want %v", word, got, want)
		}
	}
}

func TestMayBeName(t *testing.T) {
	seen := func(word string) bool { return word == "steel" }
	for word, want := range map[string]bool{
		"Poland": true, "However": false, "Steel": false, "Officials": false, "Recently": false, "Власти": false, "Варшава": true, "No": false,
		"lower": false, "Урад": false,
	} {
		if got := MayBeName(word, seen); got != want {
			t.Errorf("%q: got %v, want %v", word, got, want)
		}
	}
}

func TestWeekdaysAreNoNumbers(t *testing.T) {
	for _, stem := range []string{"пятница", "пятницу", "пятніца"} {
		if got := numberKey(stem); got != "" {
			t.Errorf("%q is the number %s", stem, got)
		}
	}
}
