package facts

import (
	"strings"
	"sync"
	"unicode"
)

// numberKey gives the value of a number or number word in lower case, or "" for any other word. Some signs count as
// numbers too: "20" is not "№ 20".
func numberKey(key string) string {
	switch key {
	case "‰", "°", "№", "+", "=", "<", ">", "±", "−":
		return key
	}
	if hasDigit(key) {
		return strings.TrimRightFunc(ordinal(key), unicode.IsPunct)
	}
	if value, ok := numberWords()[key]; ok {
		return value
	}
	return stemValue(numberStems(), key)
}

// ordinal takes the ending off "8th".
func ordinal(key string) string {
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		if head, ok := strings.CutSuffix(key, ending); ok && strings.Trim(head, "0123456789") == "" {
			return head
		}
	}
	return key
}

// numberWords and numberStems give the value of number words, whole or without their ending.
var (
	numberWords = sync.OnceValue(func() map[string]string {
		return values(`
0 zero nil ноль нуль нулявы нулевой
1 one first once single sole один одна одно одного одной одному одним одни первый первая первое первого первой первые
1 адзін адна адно аднаго адной аднаму першы першая першае першага першай першыя
2 two second twice double both pair два две двух двум двумя оба обе второй вторая второе второго вдвое дважды
2 дзве дзвюх двума дзвюма абодва другі другога двойчы удвая
3 three third thrice triple три трёх трех трем тремя третий третья третье третьего третьей трижды втрое
3 тры трох трыма трэці трэцяя трэцяе трэцяга тройчы утрая
4 four fourth quarter четыре четырёх четырех четырем чатыры чатырох четверть чвэрць
5 five fifth 6 six sixth 7 seven seventh 8 eight eighth 9 nine ninth 10 ten tenth tens 11 eleven eleventh
12 twelve twelfth dozen dozens 13 thirteen 14 fourteen 15 fifteen 16 sixteen 17 seventeen 18 eighteen 19 nineteen 20 twenty
30 thirty 40 forty 50 fifty 60 sixty 70 seventy 80 eighty 90 ninety 100 hundred hundreds 1000 thousand thousands
1000000 million millions mln mn m млн мільён мільёны 1000000000 billion billions bn mlrd млрд 1000000000000 trillion trillions трлн
0.5 half halves половина половины половину половине палова паловы палову паўтара полтора
40 сорок сорака сорок сораку 100 сто ста сот сотня сотни сотен сотню сотні 200 двести дзвесце 300 триста трыста
400 четыреста чатырыста 1000 тыс 90 девяносто дзевяноста
семь семи восемь`)
	})
	numberStems = sync.OnceValue(func() map[string]string {
		return values(`
4 четверт чацвёрт чацверт 5 пят пяц 6 шест шэсц шаст 7 сем семь седьм сём сям 8 восем восьм васьм восьм 9 девят дзевят дзевяц
10 десят дзесят дзесяц 11 одиннадцат адзінаццац адзінаццат 12 двенадцат дванаццац дванаццат 13 тринадцат трынаццац трынаццат
14 четырнадцат чатырнаццац чатырнаццат 15 пятнадцат пятнаццац пятнаццат 16 шестнадцат шаснаццац шаснаццат
17 семнадцат сямнаццац сямнаццат 18 восемнадцат васемнаццац васемнаццат 19 девятнадцат дзевятнаццац дзевятнаццат
20 двадцат дваццац дваццат 30 тридцат трыццац трыццат 40 сороков саракав 50 пятьдесят пяцьдзесят пятидесят
60 шестьдесят шэсцьдзесят шестидесят 70 семьдесят семдзесят семидесят 80 восемьдесят восемдзесят восьмидесят
100 сотн 500 пятьсот пяцьсот 600 шестьсот шэсцьсот 700 семьсот семсот 800 восемьсот восемсот 900 девятьсот дзевяцьсот
1000 тысяч тысячн 1000000 миллион мільён 1000000000 миллиард мільярд 1000000000000 триллион трыльён 12 дюжин тузін`)
	})
	// endings of numerals, month names and weekdays in Russian and Belarusian
	endings = sync.OnceValue(func() map[string]bool {
		return words(`а ага аму ам амі ами ах аў ай аю ая е ем ень ею и і ю
ью я ям ямі ями ях о ов ого ой ом ому ое ў у ую ы ый ым ымі ыми ых ыя ые ь ьмі ьми ём ёў ёв ей ці яў ев ец ца цы цу це`)
	})
)
