package io.baton.server.replies;

import static io.baton.server.replies.DateWords.Kind.COMING;
import static io.baton.server.replies.DateWords.Kind.DATE;
import static io.baton.server.replies.DateWords.Kind.END_OF_MONTH;
import static io.baton.server.replies.DateWords.Kind.END_OF_NEXT_WEEK;
import static io.baton.server.replies.DateWords.Kind.END_OF_WEEK;
import static io.baton.server.replies.DateWords.Kind.IN_DAYS;
import static io.baton.server.replies.DateWords.Kind.IN_WEEKS;
import static io.baton.server.replies.DateWords.Kind.IN_WORKING_DAYS;
import static io.baton.server.replies.DateWords.Kind.NEXT;
import static io.baton.server.replies.DateWords.Kind.OVERMORROW;
import static io.baton.server.replies.DateWords.Kind.THIS;
import static io.baton.server.replies.DateWords.Kind.TODAY;
import static io.baton.server.replies.DateWords.Kind.TOMORROW;
import static io.baton.server.replies.DateWords.Kind.WEEKDAY;
import static io.baton.server.replies.DateWords.Kind.WEEKDAY_OF_NEXT_WEEK;

import io.baton.server.replies.DateWords.Form;
import java.util.List;
import java.util.Map;

/** English sentences. */
final class English {

    private static final String NOUNS =
            "(?:invoice|payment|request|order|amount|document|documents|contract|offer|proposal|change|task|step|case"
                    + "|bill|purchase|quote|expense|report|claim|delivery|form|file|files|goods|data|details|answer|number|correction)";

    private static final Language.Parts PARTS = new Language.Parts(
            "it|this|that|them|this one|all of it|(?:the|this|your|that|our|my) (?:(?:corrected|new|signed|missing|revised|updated|final)"
                    + " )?" + NOUNS,
            "yes|yep|yeah|ok|okay|sure|great|perfect|fine|good|all good|alright|looks good(?: to me)?|lgtm|understood|noted",
            "sorry|unfortunately|i'm afraid|regrettably",
            "because(?: of)?|since|as|due to|reason ?:");

    private static final Language.Small SMALL = new Language.Small(
            "hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings",
            "all|team|both|there|everyone|everybody|sir|madam|sir or madam|sirs|colleagues|folks|mr|mrs|ms|dr",
            "(?:many )?(?:thanks|thank you|thx|tks)(?: again| so much| very much| a lot| a million)?"
                    + "(?: in advance| for (?:the|your) (?:(?:quick|friendly|kind) )?(?:reminder|heads[- ]up|info|information|e?-?mail|message|update"
                    + "|note|help|patience|follow[- ]?up|work|support|reply|understanding|invoice))?"
                    + "|(?:i'm |we're |so )?sorry(?: (?:about|for) (?:the|my|this) (?:delay|late (?:reply|answer|response)|inconvenience))?"
                    + "|apologies(?: for (?:the|my) (?:delay|late (?:reply|answer|response)|inconvenience))?"
                    + "|(?:i )?hope (?:you're|you are|this finds you|all is) (?:doing )?well"
                    + "|have a (?:nice|good|great|lovely) (?:day|evening|weekend|week|one)|cheers|all the best|talk soon"
                    + "|(?:with )?(?:best|kind|warm|many)(?: regards| wishes)|regards|best|sincerely",
            "(?:with )?(?:best|kind|kindest|warm|warmest)(?: regards| wishes)?|regards|sincerely(?: yours)?|yours(?: sincerely| faithfully| truly)?"
                    + "|all the best|br|kr|rgds|cheers|(?:many )?thanks(?: and (?:best|kind) regards| again| a lot| in advance)?|thank you(?: very much)?|thx"
                    + "|have a (?:nice|good|great) (?:day|evening|weekend)");

    private static final DateWords DATES = new DateWords(
            List.of(
                    "mon(?:day)?",
                    "tue(?:s|sday)?",
                    "wed(?:nesday)?",
                    "thu(?:r|rs|rsday)?",
                    "fri(?:day)?",
                    "sat(?:urday)?",
                    "sun(?:day)?"),
            List.of(
                    "jan(?:uary)?",
                    "feb(?:ruary)?",
                    "mar(?:ch)?",
                    "apr(?:il)?",
                    "may",
                    "june?",
                    "july?",
                    "aug(?:ust)?",
                    "sept?(?:ember)?",
                    "oct(?:ober)?",
                    "nov(?:ember)?",
                    "dec(?:ember)?"),
            List.of("a|one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            "on|by|until|till|latest by|latest|at the latest on|no later than|not later than|by (?:the )?end of(?: the day(?: on)?)?"
                    + "|by close of business(?: on)?|for",
            "at the latest|latest|or (?:earlier|sooner|before)|please|(?:by )?(?:the )?end of (?:the )?(?:day|business)|eod|cob|for sure"
                    + "|(?:in the )?(?:morning|afternoon|evening)",
            "at noon",
            List.of(
                    new Form(
                            TODAY,
                            "today|tonight|this (?:afternoon|evening)|(?:the )?(?:end|close) of (?:the )?(?:day|business)|eod|cob"),
                    new Form(TOMORROW, "tomorrow"),
                    new Form(OVERMORROW, "(?:the )?day after tomorrow"),
                    new Form(WEEKDAY, "{weekday}"),
                    new Form(THIS, "this {weekday}"),
                    new Form(THIS, "{weekday} this week"),
                    new Form(COMING, "(?:the |this )?coming {weekday}"),
                    new Form(NEXT, "next {weekday}"),
                    new Form(WEEKDAY_OF_NEXT_WEEK, "{weekday} (?:of )?next week"),
                    new Form(WEEKDAY_OF_NEXT_WEEK, "next week,? (?:on )?{weekday}"),
                    new Form(IN_DAYS, "(?:in|within)(?: the next)? {n} days?(?: time)?"),
                    new Form(IN_WORKING_DAYS, "(?:in|within)(?: the next)? {n} (?:working|business|work) days?"),
                    new Form(IN_WEEKS, "(?:in|within) {n} weeks?(?: time)?"),
                    new Form(END_OF_WEEK, "(?:the )?end of (?:the |this )?week|eow"),
                    new Form(END_OF_NEXT_WEEK, "(?:the )?end of next week"),
                    new Form(END_OF_MONTH, "(?:the )?end of (?:the |this )?month|month's end"),
                    new Form(END_OF_MONTH, "(?:the )?end of {month}"),
                    new Form(DATE, "(?:{weekday},? )?(?:the )?{day}(?:st|nd|rd|th)?(?: of)? {month}(?:,? {year})?"),
                    new Form(DATE, "(?:{weekday},? )?{month} (?:the )?{day}(?:st|nd|rd|th)?(?:,? {year})?"),
                    new Form(DATE, "(?:{weekday},? )?the {day}(?:st|nd|rd|th)"),
                    new Form(DATE, "{weekday},? {day}(?:st|nd|rd|th)")));

    private static final String SELF = "(?: (?:from|by|on) (?:my|our|me|us)(?: (?:side|end|part))?)?";
    private static final String READY =
            "(?:done|ready|there|with you|finished|sent|paid|delivered|complete|completed|fixed|corrected|uploaded)";
    private static final String DEADLINE = "(?: (?:it|this|that|the (?:date|deadline|due date|delivery)))?";
    private static final String REST = "(?: instead)?(?: please)?(?:{because})?";

    static final Language LANGUAGE = Language.of(
            "en",
            PARTS,
            SMALL,
            DATES,
            Map.ofEntries(
                    Map.entry(
                            Saying.APPROVE,
                            List.of(
                                    "{yes}(?:hereby )?approved?(?: {thing})?" + SELF,
                                    "{yes}(?:i|we)(?: hereby| do)? approve(?:d|s)?(?: {thing})?" + SELF,
                                    "{yes}(?:{thing}|" + NOUNS + ")(?:'s| is| are)?(?: hereby)? approved" + SELF,
                                    "{yes}(?:you have|here is|here's) (?:my|our) approval",
                                    "{yes}approval (?:granted|given)",
                                    "{yes}consider (?:it|this) approved",
                                    "{yes}(?:i'm |i am |we're )?(?:happy|glad|pleased) to approve(?: {thing})?")),
                    Map.entry(
                            Saying.AGREE,
                            List.of(
                                    "{yes}(?:i |we )?(?:hereby )?accept(?:ed)?(?: {thing})?" + SELF,
                                    "{yes}{thing}(?:'s| is) (?:hereby )?accepted" + SELF)),
                    Map.entry(
                            Saying.TAKE,
                            List.of(
                                    "{yes}(?:i|we)(?:'ll| will)? take (?:{thing}|care of {thing})(?: on| over)?",
                                    "{yes}(?:(?:i'm|we're|i am|we are) )?on it",
                                    "{yes}(?:i'm |i am )?taking {thing}(?: on| over)?")),
                    Map.entry(
                            Saying.REJECT,
                            List.of(
                                    "{no}(?:hereby )?reject(?:ed)?(?: {thing})?(?:{why})?",
                                    "{no}(?:i|we)(?: hereby| must| have to| need to)? reject(?:ed)?(?: {thing})?(?:{why})?",
                                    "{no}(?:{thing}|" + NOUNS + ")(?:'s| is| are)?(?: hereby)? rejected(?:{why})?")),
                    Map.entry(
                            Saying.REFUSE,
                            List.of(
                                    "{no}(?:decline|declined|refuse|refused)(?: {thing})?(?:{why})?",
                                    "{no}(?:i|we)(?: hereby| must| have to)? (?:decline|refuse)(?: {thing})?(?:{why})?")),
                    Map.entry(
                            Saying.NOT_MINE,
                            List.of(
                                    "{no}(?:i|we) (?:can't|cannot|can not|won't|will not) take {thing}(?: on| over)?(?:{why})?")),
                    Map.entry(
                            Saying.DATE,
                            List.of(
                                    "{yes}{date}",
                                    "{yes}(?:i|we)(?:'ll| will| can| shall) (?:have|send|deliver|do|finish|provide|get|complete|submit|return|pay|upload|fix"
                                            + "|correct|make)(?: you)?(?: {thing})?(?: (?:to you|done|ready|over|finished|paid|sent|for you))* {date}",
                                    "{yes}you(?:'ll| will) (?:have|get|receive) {thing} {date}",
                                    "{yes}(?:{thing} )?will be " + READY + " {date}",
                                    "{yes}(?:it'll|it will) be {date}",
                                    "{yes}(?:done|ready|finished|delivered|sent|paid) (?=by|until){date}",
                                    "{yes}(?:eta|ready|promise|promised|i promise|expect it|delivery|will do(?: it| this| that)?)[ :]+{date}")),
                    Map.entry(
                            Saying.PROPOSE,
                            List.of(
                                    "{no}(?:i|we)(?:'d| would)? (?:propose|suggest)[ :]+{date}" + REST,
                                    "{no}(?:propose|suggest|new date|proposed date|proposal)[ :]+{date}" + REST,
                                    "{no}(?:how|what) about {date}(?: instead)? ?\\?",
                                    "{no}{date},? instead(?: please)?(?:{because})?",
                                    "{no}(?:can|could|may) (?:i|we|you)(?: please)? (?:do|make it|have until|get until|have time until|move"
                                            + DEADLINE
                                            + " to|postpone" + DEADLINE + " to|(?:postpone|extend)" + DEADLINE
                                            + " (?=until|till)|push" + DEADLINE
                                            + " to|extend" + DEADLINE + " to) ?{date}(?: instead)?(?: please)? ?\\??",
                                    "{no}(?:please )?(?:move|postpone|extend|push|delay)" + DEADLINE
                                            + "(?: to| (?=until|till)) ?{date}" + REST,
                                    "{no}(?:i|we)(?:'ll| will)? need (?:more time,? )?(?=until|till){date}" + REST,
                                    "{no}(?:i|we)(?:'ll| will)? need more time[-,:.\\s]+{date}" + REST,
                                    "{no}{date} (?:would be (?:better|possible)(?: for (?:me|us))?|(?:works|suits (?:me|us)|would suit (?:me|us)|would work|is) better"
                                            + "(?: for (?:me|us))?)(?:{because})?")),
                    Map.entry(
                            Saying.STUCK,
                            List.of(
                                    "{no}(?:(?:i'm|i am|we're|we are|this is|it's|it is|still|currently) ){0,2}(?:stuck|blocked)"
                                            + "(?: here| on this| on it| with this| with it)?{why}",
                                    "{no}(?:(?:i'm|i am|we're|we are|this is|it's|it is|still|currently) ){0,2}(?:stuck|blocked)"
                                            + " (?:on|with|by) (?<reason>.+)",
                                    "{no}(?:i|we) (?:can't|cannot|can not|am unable to|are unable to) (?:continue|proceed|go on|move on|go ahead"
                                            + "|finish {thing}|complete {thing})(?: with {thing})?{why}")),
                    Map.entry(
                            Saying.PASS,
                            List.of(
                                    "{no}(?:please )?(?:pass|forward|hand|assign|reassign|transfer|delegate|give)(?: {thing})?(?: on| over| along)? to"
                                            + "(?: (?:my|our) (?:colleague|boss|manager))? {address}(?:{why})?",
                                    "{no}(?:i'm )?(?:passing|handing|transferring|delegating|reassigning)(?: {thing})?(?: on| over| along)? to"
                                            + "(?: (?:my|our) (?:colleague|boss|manager))? {address}(?:{why})?")),
                    Map.entry(
                            Saying.SEND_BACK,
                            List.of(
                                    "{no}(?:please )?(?:i'm |i am )?(?:send|sending|sent)(?: {thing})? back{why}",
                                    "{no}(?:i'm |i am )?return(?:ed|ing)?(?: {thing})?{why}",
                                    "{no}back to (?:sender|you){why}")),
                    Map.entry(
                            Saying.UNDO,
                            List.of(
                                    "(?:please )?undo(?: (?:it|this|that|my (?:last )?(?:reply|answer|decision)))?(?: please)?",
                                    "(?:please )?take (?:it|that|this) back(?: please)?",
                                    "(?:please )?cancel my (?:last )?(?:reply|answer)"))));

    private English() {}
}
