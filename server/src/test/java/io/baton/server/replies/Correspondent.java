package io.baton.server.replies;

import java.util.Locale;

/** Who answers our mail, and in which language their client and our mail speak. */
record Correspondent(String from, Language language) {

    static Correspondent of(String code) {
        return switch (code) {
            case "en" -> new Correspondent("Grace Miller <grace.miller@northwind.example>", Language.EN);
            case "de" -> new Correspondent("\"Weber, Tom\" <tom.weber@weber-werkzeuge.example>", Language.DE);
            case "fr" -> new Correspondent("Camille Laurent <c.laurent@atelier-laurent.example>", Language.FR);
            default ->
                new Correspondent(
                        "=?UTF-8?Q?Luc=C3=ADa_G=C3=B3mez?= <lucia.gomez@talleres-gomez.example>", Language.ES);
        };
    }

    String headers() {
        return "From: " + from + "\r\nTo: reply+k3v9@baton.example\r\nSubject: " + language.subject
                + "\r\nDate: Wed, 25 Nov 2026 10:20:00 +0100\r\n"
                + "Message-ID: <m1@client.example>\r\nIn-Reply-To: <b7@baton.example>\r\nMIME-Version: 1.0\r\n";
    }

    enum Language {
        EN(Locale.UK, "Re: Invoice 4711"),
        DE(Locale.GERMANY, "AW: Rechnung 4711"),
        FR(Locale.FRANCE, "RE: Facture 4711"),
        ES(Locale.of("es", "ES"), "RE: Factura 4711");

        final Locale locale;
        final String subject;
        final String ours;
        final String gmail;
        final String apple;
        final String thunderbird;
        final String headers;
        final String original;
        final String phone;
        final String notice;

        Language(Locale locale, String subject) {
            this.locale = locale;
            this.subject = subject;
            var words = words(locale.getLanguage());
            this.ours = words[0];
            this.gmail = words[1];
            this.apple = words[2];
            this.thunderbird = words[3];
            this.headers = words[4];
            this.original = words[5];
            this.phone = words[6];
            this.notice = words[7];
        }

        private static String[] words(String code) {
            return switch (code) {
                case "en" ->
                    new String[] {
                        "Please approve invoice 4711 by 4 December.\nIt was rejected once.\n\nReply with: approve, reject because ..., Thursday, stuck because ..., pass to name@example.com\n\nBaton",
                        "On Wed, Nov 25, 2026 at 9:12 AM Baton for Muster GmbH and its subsidiaries <\nreply+k3v9@baton.example> wrote:",
                        "On 25 Nov 2026, at 09:12, Baton <reply+k3v9@baton.example> wrote:",
                        "On 25/11/2026 09:12, Baton wrote:",
                        "From: Baton <reply+k3v9@baton.example>\nSent: Wednesday, 25 November 2026 09:12\nTo: Grace Miller <grace.miller@northwind.example>\nSubject: Invoice 4711",
                        "Original Message",
                        "Sent from my iPhone",
                        "This e-mail and any attachments are confidential and only for the intended recipient.\nIf you are not the intended recipient, please do not read it."
                    };
                case "de" ->
                    new String[] {
                        "Bitte geben Sie die Rechnung 4711 bis 4. Dezember frei.\nSie wurde einmal abgelehnt.\n\nAntworten Sie: freigegeben, abgelehnt weil ..., Donnerstag, blockiert weil ..., an name@example.com weiterleiten\n\nBaton",
                        "Am Mi., 25. Nov. 2026 um 09:12 Uhr schrieb Baton im Auftrag der Muster GmbH <\nreply+k3v9@baton.example>:",
                        "Am 25.11.2026 um 09:12 schrieb Baton <reply+k3v9@baton.example>:",
                        "Am 25.11.26 um 09:12 schrieb Baton:",
                        "Von: Baton <reply+k3v9@baton.example>\nGesendet: Mittwoch, 25. November 2026 09:12\nAn: Tom Weber <tom.weber@weber-werkzeuge.example>\nBetreff: Rechnung 4711",
                        "Ursprüngliche Nachricht",
                        "Von meinem iPhone gesendet",
                        "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Empfänger sind, löschen Sie sie bitte."
                    };
                case "fr" ->
                    new String[] {
                        "Merci d'approuver la facture 4711 avant le 4 décembre.\nElle a été refusée une fois.\n\nRépondez : approuvé, refusé parce que ..., jeudi, bloqué parce que ..., transmettre à nom@example.com\n\nBaton",
                        "Le mer. 25 nov. 2026 à 09:12, Baton pour Muster GmbH et ses filiales <\nreply+k3v9@baton.example> a écrit :",
                        "Le 25 nov. 2026 à 09:12, Baton <reply+k3v9@baton.example> a écrit :",
                        "Le 25/11/2026 à 09:12, Baton a écrit :",
                        "De : Baton <reply+k3v9@baton.example>\nEnvoyé : mercredi 25 novembre 2026 09:12\nÀ : Camille Laurent <c.laurent@atelier-laurent.example>\nObjet : Facture 4711",
                        "Message d'origine",
                        "Envoyé de mon iPhone",
                        "Ce message et ses pièces jointes sont confidentiels et destinés à leur seul destinataire."
                    };
                default ->
                    new String[] {
                        "Por favor apruebe la factura 4711 antes del 4 de diciembre.\nFue rechazada una vez.\n\nResponda: aprobado, rechazado porque ..., jueves, bloqueado porque ..., pasar a nombre@example.com\n\nBaton",
                        "El mié, 25 nov 2026 a las 9:12, Baton por Muster GmbH y sus filiales (<\nreply+k3v9@baton.example>) escribió:",
                        "El 25 nov 2026, a las 9:12, Baton <reply+k3v9@baton.example> escribió:",
                        "El 25/11/26 a las 9:12, Baton escribió:",
                        "De: Baton <reply+k3v9@baton.example>\nEnviado el: miércoles, 25 de noviembre de 2026 9:12\nPara: Lucía Gómez <lucia.gomez@talleres-gomez.example>\nAsunto: Factura 4711",
                        "Mensaje original",
                        "Enviado desde mi iPhone",
                        "Este mensaje es confidencial y está dirigido exclusivamente a su destinatario. Si no es usted, no lo lea."
                    };
            };
        }
    }
}
