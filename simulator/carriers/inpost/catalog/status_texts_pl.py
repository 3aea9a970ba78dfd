"""Polish titles and descriptions of the shipment statuses.

The sentences carry the documented meaning in our words. `missing` is a hole in the carrier's own
translation files (observed in English, inferred for Polish) and is served as such.
"""

from __future__ import annotations

TEXTS_PL: dict[str, tuple[str, str]] = {
    "created": ("Przesyłka utworzona.", "Przesyłka istnieje, ale nie jest gotowa do nadania."),
    "offers_prepared": ("Przygotowano oferty.", "Oferty dla przesyłki są już znane."),
    "offer_selected": ("Oferta wybrana.", "Wybrano jedną z ofert, która czeka na opłacenie."),
    "confirmed": (
        "Przygotowana przez Nadawcę.",
        "Etykieta jest opłacona, a paczka znajduje się jeszcze u nadawcy.",
    ),
    "dispatched_by_sender": (
        "Paczka nadana w automacie Paczkomat.",
        "Nadawca umieścił paczkę w automacie, skąd odbierze ją kurier.",
    ),
    "collected_from_sender": (
        "Odebrana od nadawcy.",
        "Kurier odebrał paczkę od nadawcy i wiezie ją do oddziału.",
    ),
    "taken_by_courier": ("Podjęta przez kuriera.", "Paczka jest u kuriera, w drodze do oddziału."),
    "adopted_at_source_branch": (
        "Przyjęta w oddziale InPost.",
        "Paczka dotarła do centrum logistycznego i wkrótce ruszy dalej.",
    ),
    "sent_from_source_branch": ("W trasie.", "Paczka jedzie do kolejnego centrum logistycznego."),
    "ready_to_pickup_from_pok": (
        "Czeka w punkcie obsługi.",
        "Paczkę można odebrać w punkcie obsługi klienta w ciągu 3 dni.",
    ),
    "ready_to_pickup_from_pok_registered": (
        "Czeka w punkcie obsługi, zarejestrowano awizo.",
        "Odbiorca został powiadomiony; paczkę można odebrać w punkcie w ciągu 3 dni.",
    ),
    "oversized": (
        "Paczka ponadgabarytowa.",
        "Paczka nie mieści się w skrytce i wymaga innego sposobu doręczenia.",
    ),
    "adopted_at_sorting_center": (
        "Przyjęta w sortowni.",
        "Paczka czeka w głównej sortowni na dalszą drogę.",
    ),
    "sent_from_sorting_center": (
        "Wysłana z sortowni.",
        "Paczka opuściła sortownię i jedzie w stronę odbiorcy.",
    ),
    "adopted_at_target_branch": (
        "Przyjęta w oddziale docelowym.",
        "Paczka jest w mieście odbiorcy i wkrótce trafi do doręczenia.",
    ),
    "out_for_delivery": (
        "Przekazana do doręczenia.",
        "Kurier wiezie paczkę do automatu Paczkomat.",
    ),
    "ready_to_pickup": (
        "Gotowa do odbioru.",
        "Paczka leży w automacie docelowym; odbiorca otrzymał kod odbioru.",
    ),
    "pickup_reminder_sent": (
        "Przypomnienie o odbiorze.",
        "Na odebranie paczki z automatu zostało 12 godzin.",
    ),
    "delivered": ("Dostarczona.", "Paczka jest u odbiorcy."),
    "pickup_time_expired": (
        "Upłynął termin odbioru.",
        "Paczki nie odebrano na czas; kurier wyjmie ją z automatu.",
    ),
    "avizo": (
        "Powrót do oddziału.",
        "Paczka wróciła do oddziału, a odbiorca został powiadomiony.",
    ),
    "claimed": ("Zgłoszono reklamację.", "Przy automacie zgłoszono reklamację dotyczącą paczki."),
    "returned_to_sender": (
        "Zwrot do nadawcy.",
        "Paczki nie udało się doręczyć i wraca ona do nadawcy.",
    ),
    "canceled": (
        "Etykieta anulowana.",
        "Etykietę anulowano albo nie użyto jej na czas; paczka nie zostanie przewieziona.",
    ),
    "other": ("Status nierozpoznany.", "Paczka jest w stanie, który nie ma osobnej nazwy."),
    "dispatched_by_sender_to_pok": (
        "Nadana w punkcie obsługi.",
        "Nadawca zostawił paczkę w punkcie obsługi, skąd odbierze ją kurier.",
    ),
    "out_for_delivery_to_address": (
        "U kuriera.",
        "Kurier ma paczkę i dziś spróbuje doręczyć ją pod adres.",
    ),
    "pickup_reminder_sent_address": (
        "Nie zastano odbiorcy.",
        "Nikt nie odebrał paczki pod adresem; kurier spróbuje ponownie.",
    ),
    "rejected_by_receiver": ("Odmowa przyjęcia.", "Odbiorca odmówił przyjęcia paczki."),
    "undelivered_wrong_address": (
        "Niedoręczona: błędny adres.",
        "Adres z etykiety nie prowadzi do odbiorcy.",
    ),
    "undelivered_incomplete_address": (
        "Niedoręczona: niepełny adres.",
        "W adresie brakuje danych, bez których kurier nie znajdzie odbiorcy.",
    ),
    "undelivered_unknown_receiver": (
        "Niedoręczona: odbiorca nieznany.",
        "Nikt pod wskazanym adresem nie zna odbiorcy.",
    ),
    "undelivered_cod_cash_receiver": (
        "Niedoręczona: brak gotówki na pobranie.",
        "Odbiorca nie mógł zapłacić kwoty pobrania.",
    ),
    "taken_by_courier_from_pok": (
        "Podjęta z punktu obsługi.",
        "Kurier zabrał paczkę z punktu obsługi do oddziału.",
    ),
    "undelivered": (
        "Niedoręczona.",
        "Doręczenie się nie powiodło i paczka trafiła do magazynu.",
    ),
    "return_pickup_confirmation_to_sender": (
        "Dokumenty zwrotne gotowe.",
        "Paczkę doręczono, a potwierdzone dokumenty wracają do nadawcy.",
    ),
    "ready_to_pickup_from_branch": (
        "Czeka w oddziale.",
        "Odbiorca może odebrać paczkę w oddziale.",
    ),
    "delay_in_delivery": ("Opóźnienie doręczenia.", "Paczka dotrze później, niż planowano."),
    "redirect_to_box": (
        "Przekierowana do automatu.",
        "Na życzenie odbiorcy paczka kurierska trafi do automatu Paczkomat.",
    ),
    "canceled_redirect_to_box": (
        "Przekierowanie odwołane.",
        "Paczka jest za duża do automatu i zostanie doręczona pod adres.",
    ),
    "readdressed": ("Przeadresowana.", "Paczka jedzie pod inny adres bez dodatkowej opłaty."),
    "undelivered_no_mailbox": (
        "Niedoręczona: brak skrzynki.",
        "Pod adresem nie ma skrzynki pocztowej odbiorcy.",
    ),
    "undelivered_not_live_address": (
        "Niedoręczona: odbiorca tu nie mieszka.",
        "Odbiorca nie mieszka pod wskazanym adresem.",
    ),
    "undelivered_lack_of_access_letterbox": (
        "Niedoręczona: brak dostępu do skrzynki.",
        "Do skrzynki nie można było dotrzeć; przesyłka zostanie zwrócona.",
    ),
    "missing": (
        "translation missing: pl_PL.statuses.missing.title",
        "translation missing: pl_PL.statuses.missing.description",
    ),
    "stack_in_customer_service_point": (
        "Przechowywana w punkcie obsługi.",
        "Automat jest pełny; paczka czeka w pobliskim punkcie na wolną skrytkę.",
    ),
    "stack_parcel_pickup_time_expired": (
        "Upłynął czas przechowywania w punkcie.",
        "Paczki nie odebrano na czas z punktu obsługi.",
    ),
    "unstack_from_customer_service_point": (
        "W drodze z punktu do automatu.",
        "Kurier wiezie paczkę z punktu obsługi do automatu docelowego.",
    ),
    "courier_avizo_in_customer_service_point": (
        "Awizo, czeka w punkcie obsługi.",
        "Kurier zostawił paczkę w punkcie obsługi, gdzie poczeka 3 dni.",
    ),
    "taken_by_courier_from_customer_service_point": (
        "Zabrana z punktu obsługi.",
        "Czas oczekiwania w punkcie minął i kurier zabrał paczkę.",
    ),
    "stack_in_box_machine": (
        "Przechowywana w automacie tymczasowym.",
        "Automat docelowy jest pełny; paczka czeka w innym, pobliskim automacie.",
    ),
    "unstack_from_box_machine": (
        "W drodze z automatu tymczasowego.",
        "Kurier wiezie paczkę z automatu tymczasowego do docelowego.",
    ),
    "stack_parcel_in_box_machine_pickup_time_expired": (
        "Upłynął czas przechowywania w automacie tymczasowym.",
        "Paczki nie odebrano na czas z automatu tymczasowego.",
    ),
}
"""Status name -> (title, description)."""
