package io.baton.server.replies;

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

/** Spanish sentences. "Ocho días" is left out: it means a week. */
final class Spanish {

    private static final String NOUNS =
            "(?:factura|pago|solicitud|pedido|importe|contrato|oferta|presupuesto|cambio|tarea|paso|caso|entrega|documentos?"
                    + "|formulario|archivos?|corrección|datos|respuesta|mercancía)";

    private static final Language.Parts PARTS = new Language.Parts(
            "esto|eso|todo|lo|(?:la|el|los|las|esta|este|estos|su|sus|nuestra|nuestro|mi) " + NOUNS
                    + "(?: (?:corregid[oa]s?|firmad[oa]s?|nuev[oa]s?|definitiv[oa]s?))?",
            "sí(?= ?[-,.!])|ok|okay|vale|de acuerdo|bien|muy bien|perfecto|claro|por supuesto|recibido|entendido|todo bien|todo correcto",
            "lo siento|lamentablemente|desgraciadamente|lo sentimos|desafortunadamente",
            "porque|ya que|puesto que|debido a(?:l)?|a causa de|motivo ?:|razón ?:|pues|dado que|por falta de");

    private static final Language.Small SMALL = new Language.Small(
            "hola|buen(?:os|as)? (?:días|tardes|noches|día)|estimad[oa]s?|querid[oa]s?|apreciad[oa]s?|saludos",
            "a todos|a todas|todos|todas|equipo|señora?|señores|sra?|compañer[oa]s?|amig[oa]s?",
            "(?:muchas |mil )?gracias(?: de antemano| por adelantado| de nuevo| a todos| a usted(?:es)?)?"
                    + "(?: por (?:el|la|su|tu|los|vuestra) (?:recordatorio|aviso|información|info|mensaje|correo|mail|e-?mail|ayuda|paciencia|respuesta|comprensión|factura))?"
                    + "|(?:perdón|disculpa|disculpe|disculpen|disculpad|perdone)(?: (?:por )?(?:el retraso|la demora|la tardanza))?|un saludo|saludos|un abrazo"
                    + "|(?:que (?:tenga|tengas|tengan) )?(?:un )?(?:buen (?:día|fin de semana)|buena (?:tarde|semana)|feliz (?:día|semana))|atentamente|quedo (?:atent[oa]|a la espera)",
            "(?:un )?(?:cordial |atento |afectuoso )?saludos?(?: cordial(?:es)?)?|(?:saludos|cordialmente|atentamente|atte|afectuosamente)|un (?:fuerte )?abrazo"
                    + "|(?:muchas )?gracias(?: de antemano| y (?:un )?saludos?)?|quedo (?:atent[oa]|a su disposición)|buen día|que tenga un buen día");

    private static final DateWords DATES = new DateWords(
            List.of("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
            List.of(
                    "enero|ene",
                    "febrero|feb",
                    "marzo|mar",
                    "abril|abr",
                    "mayo",
                    "junio|jun",
                    "julio|jul",
                    "agosto|ago",
                    "septiembre|setiembre|sept?",
                    "octubre|oct",
                    "noviembre|nov",
                    "diciembre|dic"),
            List.of("una?", "dos", "tres", "cuatro", "cinco", "seis", "siete", "(?!)", "nueve", "diez"),
            "para(?: el)?|hasta(?: el)?|el|a más tardar(?: el)?|como (?:muy tarde|máximo)(?: el)?|antes del fin(?:al)? del?|será(?: el)?|a",
            "a más tardar|como (?:muy tarde|máximo)|o antes|por la (?:mañana|tarde|noche)|a (?:primera|última) hora|sin falta|por favor|en el día",
            "(?:al |a )mediodía",
            List.of(
                    new Form(TODAY, "hoy(?: mismo)?|esta (?:tarde|noche)"),
                    new Form(TOMORROW, "mañana"),
                    new Form(OVERMORROW, "pasado mañana"),
                    new Form(WEEKDAY, "{weekday}"),
                    new Form(THIS, "este {weekday}"),
                    new Form(THIS, "{weekday} de esta semana"),
                    new Form(NEXT, "(?:próximo|siguiente) {weekday}"),
                    new Form(NEXT, "{weekday} (?:próximo|que viene)"),
                    new Form(
                            WEEKDAY_OF_NEXT_WEEK,
                            "{weekday} de la (?:semana que viene|próxima semana|semana próxima|siguiente semana)"),
                    new Form(
                            WEEKDAY_OF_NEXT_WEEK,
                            "la (?:semana que viene|próxima semana|semana próxima),? (?:el )?{weekday}"),
                    new Form(IN_DAYS, "(?:en|dentro de)(?: los próximos)? {n} días?"),
                    new Form(IN_WORKING_DAYS, "(?:en|dentro de) {n} días? (?:hábil(?:es)?|laborables?)"),
                    new Form(IN_WEEKS, "(?:en|dentro de) {n} semanas?"),
                    new Form(END_OF_WEEK, "(?:el |a )?(?:fin|final|finales) de (?:la|esta) semana|a finales de semana"),
                    new Form(
                            END_OF_NEXT_WEEK,
                            "(?:el |a )?(?:fin|final|finales) de la (?:semana que viene|próxima semana)"),
                    new Form(END_OF_MONTH, "(?:el |a )?(?:fin|final|finales) de(?:l| este)? mes"),
                    new Form(END_OF_MONTH, "(?:a )?fin de {month}"),
                    new Form(DATE, "(?:{weekday},? )?(?:el )?{day} de {month}(?: del? {year})?"),
                    new Form(DATE, "(?:el )?día {day}"),
                    new Form(DATE, "el {day}"),
                    new Form(DATE, "{weekday},? {day}")));

    private static final String SELF = "(?: (?:por (?:mi|nuestra) parte|de (?:mi|nuestra) parte|por mí))?";
    private static final String VERBS =
            "(?:enviaré|enviaremos|envío|enviamos|entregaré|entregaremos|entrego|entregamos|haré|haremos|hago|tendré|tendremos|terminaré"
                    + "|terminaremos|pagaré|pagaremos|mandaré|mandaremos|mando|subiré|corregiré|corregiremos)";
    private static final String REST = "(?: (?:mejor|en su lugar))?(?:,? por favor)?(?:{because})?";

    static final Language LANGUAGE = Language.of(
            "es",
            PARTS,
            SMALL,
            DATES,
            Map.ofEntries(
                    Map.entry(
                            Saying.APPROVE,
                            List.of(
                                    "{yes}(?:aprobad[oa]s?|aprobar|autorizad[oa]s?|autorizar)" + SELF,
                                    "{yes}(?:queda|está|{thing} (?:queda|está|es)) (?:aprobad|autorizad)[oa]s?" + SELF,
                                    "{yes}(?:lo |la |yo )?(?:apruebo|aprobamos|autorizo|autorizamos)(?: {thing})?"
                                            + SELF,
                                    "{yes}(?:doy|damos|tiene|tienen|tienes) (?:mi|nuestra) (?:aprobación|autorización|visto bueno)")),
                    Map.entry(
                            Saying.AGREE,
                            List.of("{yes}(?:lo |la |yo )?(?:acepto|aceptamos|aceptad[oa]s?|aceptar)(?: {thing})?"
                                    + SELF)),
                    Map.entry(
                            Saying.TAKE,
                            List.of(
                                    "{yes}(?:yo )?(?:me (?:encargo|ocupo)|nos (?:encargamos|ocupamos))(?: (?:yo|nosotros|de (?:esto|ello|eso)))?",
                                    "{yes}(?:yo )?(?:lo tomo|lo cojo|lo asumo|lo llevo)(?: yo)?")),
                    Map.entry(
                            Saying.REFUSE,
                            List.of(
                                    "{no}(?:rechazad[oa]s?|rechazar|rechazo)(?: {thing})?(?:{why})?",
                                    "{no}(?:lo |la |yo )?(?:rechazo|rechazamos|rehúso|declino|declinamos)(?: {thing})?(?:{why})?",
                                    "{no}(?:queda|está|{thing} (?:queda|está)) rechazad[oa]s?(?:{why})?")),
                    Map.entry(Saying.REJECT, List.of("{no}(?:denegad[oa]s?|denegar)(?:{why})?")),
                    Map.entry(
                            Saying.NOT_MINE,
                            List.of("{no}no puedo (?:encargarme|ocuparme|asumirlo)(?: de esto)?(?:{why})?")),
                    Map.entry(
                            Saying.DATE,
                            List.of(
                                    "{yes}{date}",
                                    "{yes}(?:se |te |os )?(?:lo |la |los )?" + VERBS
                                            + "(?: {thing})? (?<date>\\S[^?]{2,60}?)",
                                    "{yes}(?:lo tendrá|lo tendrás|la tendrá|lo tendrán|lo recibirá|la recibirá|recibirá {thing}|tendrá {thing}) {date}",
                                    "{yes}(?:{thing} )?(?:estará|será) (?:list[oa]|hech[oa]|entregad[oa]|enviad[oa]|pagad[oa]) {date}",
                                    "{yes}(?:list[oa]|entrega|prometido|será) {date}")),
                    Map.entry(
                            Saying.PROPOSE,
                            List.of(
                                    "{no}(?:yo )?(?:propongo|proponemos|sugiero|sugerimos)[ :]+{date}" + REST,
                                    "{no}(?:propuesta|nueva fecha|fecha propuesta)[ :]+{date}" + REST,
                                    "{no}mejor {date}(?:{because})?",
                                    "{no}{date},? mejor(?:{because})?",
                                    "{no}(?:es posible|podemos|podríamos|se puede|pueden|podrían|puede|podría) (?:aplazar|aplazarlo|mover|moverlo|posponer|posponerlo|retrasar|retrasarlo|cambiarlo)"
                                            + "(?: {thing}| la fecha| el plazo)?(?: al\\b| a\\b| para\\b| (?=hasta)) ?{date} ?\\?",
                                    "{no}(?:por favor,? )?(?:aplazar|aplácelo|mover|posponer|pospóngalo|retrasar)(?: {thing}| la fecha| el plazo)?(?: al\\b| a\\b| para\\b| (?=hasta)) ?{date}"
                                            + REST,
                                    "{no}(?:necesito|necesitamos) (?:más tiempo,? |tiempo )?(?=hasta){date}" + REST,
                                    "{no}{date} (?:sería mejor|me viene mejor|nos viene mejor|sería posible)(?:{because})?")),
                    Map.entry(
                            Saying.STUCK,
                            List.of(
                                    "{no}(?:(?:estoy|estamos|está|sigo|seguimos) ){0,2}(?:bloquead[oa]s?|atascad[oa]s?|parad[oa]s?)(?: (?:aquí|con esto))?{why}",
                                    "{no}(?:(?:estoy|estamos|está|sigo|seguimos) ){0,2}(?:bloquead[oa]s?|atascad[oa]s?) por (?<reason>.+)",
                                    "{no}no (?:puedo|podemos) (?:continuar|seguir|avanzar){why}")),
                    Map.entry(
                            Saying.PASS,
                            List.of(
                                    "{no}(?:por favor,? )?(?:pasar|pásalo|páselo|pase|pasad|reenviar|reenvíelo|reenvíalo|reasignar|reasígnelo|delegar|transferir|traspasar)(?: {thing})?"
                                            + " a(?: (?:mi|nuestr[oa]|un) (?:compañer[oa]|colega))? {address}(?:{why})?",
                                    "{no}(?:lo |la |se lo )?(?:paso|pasamos|delego|transfiero|reasigno|traspaso)(?: {thing})? a(?: (?:mi|nuestr[oa]|un) (?:compañer[oa]|colega))? {address}(?:{why})?")),
                    Map.entry(
                            Saying.SEND_BACK,
                            List.of(
                                    "{no}(?:(?:lo|la|se lo|se la) )?(?:devuelvo|devolvemos|devuelt[oa]s?|devolver)(?: {thing})?{why}")),
                    Map.entry(
                            Saying.UNDO,
                            List.of(
                                    "(?:por favor,? )?(?:deshacer|deshaz|deshágalo|deshazlo|anular|anule)(?: (?:mi (?:última )?respuesta|esto|eso))?(?:,? por favor)?"))));

    private Spanish() {}
}
