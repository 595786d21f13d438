package sentence

import (
	"strings"
	"testing"
)

// Each case is written with "|" where a cut belongs.
func TestSplit(t *testing.T) {
	for lang, cases := range map[string]string{
		"plain": `
Minsk develops cooperation.|Moscow watches.
Minsk develops cooperation!|Moscow watches?|Nobody knows…
One sentence without an end
One sentence.
Talks failed?!|Nobody was surprised.
Really?|Yes!!|Fine...|Go on.
The talks... went on.
He waited...|Then he left.
It was late…|Минск молчал.
The text [...] Minsk agreed to is short.
He said ... Minsk would agree.
no capital. after the stop
An iron.clad rule without blank.Next follows.
`,
		"English abbreviations": `
On Dec. 4, 2017 the parties met.|They agreed.
On 4 Dec. the parties met.
In Dec. Lukashenka went to Sochi.|He came back.
It ended in Dec.|The talks go on.
Mr. Makei met Gen. Zas and Dr. Kim.|They spoke.
A. Lukashenka met V. Putin in Sochi.|They spoke.
A.G. Lukashenka met V. V. Putin.|He left.
Alyaksandr G. Lukashenka signed the decree.
The U.S. President spoke.|The U.S. Congress did not.
Sanctions came from the U.S.|The reply was swift.
Sanctions came from the U.S. and the E.U. in turn.
Some goods, e.g. Potash, are exempt.|Others are not.
Several goods, i.e. Potash and oil, are listed.
Potash, oil, etc.|Minsk sells them all.
Potash, oil, etc. are sold.
See No. 5 of the list.|It is short.
Did they agree?|No.|They refused.
See Art. 5 of the Treaty.|It is short.
They study modern art.|They like it.
The meeting began at 5 p.m. in Minsk.
The meeting began at 5 p.m.|The parties left at 7 p.m.|That was all.
Smith et al. found nothing.|Smith et al.|Others disagree.
Belaruskali Inc. Chairman resigned.|He left.
St. Petersburg hosted Lt. Col. Ivanov.
Plan B.|The government has none.
Belarus v. Lithuania is a case.
The company sold 1.5 million tonnes.|It earned 2.5 bn. USD.
It cost approx. $20 million.
Prices rose by 3.5 per cent.|In 2018.|20 people left.
The year was 2017.|Nobody knew.
The year was 2017. nobody knew.
`,
		"lists and ordinals": `
1. Minsk develops cooperation.|Moscow watches.
2.3. Minsk develops cooperation.
Point 1.|Minsk develops.
a) The first.|b) The second.
`,
		"quotes and brackets": `
“Minsk agrees.”|Moscow does not.
"Minsk agrees."|"Moscow does not."
He said: “Minsk agrees.”|Then he left.
«Минск согласен».|Москва – нет.
«Минск согласен.»|Москва – нет.
«Кто там?» — спросил он.|Никто не ответил.
„Мінск згодны.“|Масква – не.
“Why?” he asked.|Nobody knew.
Minsk (sic!) Lukashenka’s capital agreed.
The parties met (in Minsk).|They agreed.
(The parties met.)|They agreed.
(The parties met.|They agreed.)|Then they left.
The parties met (they agreed!) in Minsk.
It is over.|— Nobody knows.|– Nobody asks.
He is “the last dictator”.|“Nobody” says so.
`,
		"Russian": `
Стороны, т.е. Минск и Москва, договорились.|Никто не возразил.
Стороны, т. е. Минск и Москва, договорились.
Минск выделил 20 млн. долларов.|Москва – 30 млн. рублей.
Минск выделил 20 млн. USD на ремонт.
Минск выделил 20 млн.|Программа рассчитана на год.
А. Г. Лукашенко встретился с В. В. Путиным.|Они договорились.
А.Г. Лукашенко встретился с В.В. Путиным.
А. Лукашенко и Дж. Байден не встретились.
В г. Минск прибыла делегация.|Она уехала.
В г. Минске прошли переговоры.
В декабре 2017 г. Минск подписал соглашение.|Москва – нет.
Программа рассчитана на период до 2020 г.|Она стоит 20 млн. долларов.
В 1990-х гг. Беларусь получила независимость.
Завод им. Ленина остановлен.|Рабочие ушли.
Встреча прошла на ул. Ленина, д. 5.|Все ушли.
Калий, нефть и т.д.|Минск продаёт всё.
Калий, нефть и т. д.|Минск продаёт всё.
Калий, нефть и т.д. продаёт Минск.
Министры, депутаты и др. чиновники.|Они молчат.
См. п. 5 ст. 10 Закона.|Он короткий.
Проф. Иванов и акад. Петров согласны.
Что делать?!|Никто не знает.
Кто виноват?..|Неизвестно.
По данным США.|Это не так.
Рост составил 3,5 тыс. человек.|В 2018 г. он продолжится.
Это был я.|Он ушёл.
`,
		"Belarusian": `
Бакі, г.зн. Мінск і Масква, дамовіліся.|Ніхто не супраць.
Так зв. г. зн. Мінск маўчыць.
А. Р. Лукашэнка сустрэўся з У. У. Пуціным.|Яны дамовіліся.
Мінск вылучыў 20 млн. рублёў.|Гэта шмат.
У снежні 2017 г. Мінск падпісаў пагадненне.|Масква – не.
Завод імя Леніна стаіць.|Рабочыя пайшлі.
Вул. Леніна і пл. Незалежнасці перакрытыя.
Калій, нафта і г.д.|Мінск прадае ўсё.
Міністры, дэпутаты і інш.|Яны маўчаць.
Хто вінаваты?|Ніхто не ведае…
Праф. Іваноў згодны.|Ён сышоў.
`,
	} {
		t.Run(lang, func(t *testing.T) {
			for line := range strings.SplitSeq(strings.TrimSpace(cases), "\n") {
				want := strings.Split(line, "|")
				got := Split(strings.ReplaceAll(line, "|", " "))
				if g := strings.Join(got, "|"); g != line {
					t.Errorf("cut wrong:\n got %s\nwant %s", g, strings.Join(want, "|"))
				}
			}
		})
	}
}

func TestNoAbbreviationIsOfTwoKinds(t *testing.T) {
	seen := map[string]kind{}
	for k, words := range abbreviationsOf() {
		for word := range strings.FieldsSeq(words) {
			if other, ok := seen[word]; ok {
				t.Errorf("%q is listed twice, as %d and %d", word, other, k)
			}
			seen[word] = k
		}
	}
}

func TestEmptyParagraphHasNoSentence(t *testing.T) {
	if got := Split(""); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func FuzzSplitLosesNothing(f *testing.F) {
	for _, s := range []string{"A b. C d? “E.” F", "1. a", "т. д. Минск", ". . . !", "(a.) B", "…", " x ", "\xe2. A"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := strings.Join(Split(s), " "); got != s {
			t.Errorf("joined sentences give %q, want %q", got, s)
		}
	})
}
