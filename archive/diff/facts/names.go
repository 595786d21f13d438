package facts

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// MayBeName says of the first word of a sentence whether it could be a name: it has a capital and neither is a word of
// grammar nor ends as common words do. seen tells whether a word in lower case stands in the texts.
func MayBeName(word string, seen func(lower string) bool) bool {
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) {
		return false
	}
	lower := strings.ToLower(word)
	if utf8.RuneCountInString(word) < 3 || commonOpeners()[lower] || negationKey(lower) != "" || hedges()[lower] {
		return false
	}
	for ending := range strings.FieldsSeq(commonEndings) {
		if strings.HasSuffix(lower, ending) {
			return false
		}
	}
	return !seen(lower)
}

// commonEndings end words that are seldom names: adverbs, participles, nouns of action, plurals, adjectives.
const commonEndings = `s ly ing ed tion sion ment ness ity ance ence ism ship ive ous ful less ical ency ancy
ый ий ая ое ые ие ых их ого ость ние ция ство тель ы и ся
ае ыя ія асць нне цыя ства цель цца`

// IsKnownName takes the names that are met most in writing about the region, in their usual spellings and inflections.
func IsKnownName(word string) bool {
	lower := strings.ToLower(word)
	if lower == word {
		return false
	}
	names := knownNames()
	for end := min(len(lower), longestName); end >= shortestName; end-- {
		if names[lower[:end]] {
			return true
		}
	}
	return false
}

// Lengths of the entries of knownNames, in bytes.
const shortestName, longestName = 3, 32

// knownNames lists beginnings of names, in lower case.
var knownNames = sync.OnceValue(func() map[string]bool {
	return words(`belarus minsk moscow moskow kremlin russia ukrain kyiv kiev poland polish warsaw lithuan vilnius latvia riga german
berlin franc paris brussels europe washington america china chinese beijing turkey london brest homiel gomel hrodna grodno
viciebsk vitebsk mahilio mogilev lukashen putin medvedev makei makey tsikhanousk tikhanovsk tsepkal babaryk babariko zelensk
biden trump nato osce gazprom rosneft belaruskali belneftekhim
белорус беларус минск мінск москв маскв кремл крэмл росси расі украин украін киев кіеў польш варшав литв літв вильнюс вільн
латви латві германи герман берлин берлін брюссел брусел вашингтон вашынгтон китай кітай пекин пекін турци турцы лондон
брест гомел витебск віцебск гродн могил магіл лукашен лукашэн путин пуцін медведев мядзведзеў макей тихановск ціханоўск
бабарик бабарык цепкал цапкал зеленск зяленск байден трамп нато обсе абсе газпром роснефт раснафт беларуськал беларускал`)
})

var commonOpeners = sync.OnceValue(func() map[string]bool {
	return words(`the this that these those his her its they their our you your for from with without when while after before since
until during despite although though because however moreover furthermore meanwhile therefore thus hence yet but and still
also then there here not only some many most all both each every any other another such one two three several earlier later
now today according amid amidst overall instead otherwise first second third given due under over between what who why how
where which whether apart besides likewise government parliament president minister ministry people police
это этот эта тот она оно они его мы наш все всё весь вся также тоже затем потом теперь сейчас ранее позже после перед между
вместе кроме помимо поэтому тем там здесь где кто что чтобы если когда хотя однако для без под над через или как так при
правительство парламент президент министр власть народ милиция
гэта гэты той тая яна яно яго яе усе увесь уся таксама потым затым цяпер зараз раней пазней пасля паміж разам акрамя таму
там тут дзе хто чаму што каб калі хоць аднак але або урад парламент прэзідэнт міністр народ міліцыя`)
})
