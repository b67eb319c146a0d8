-- Layers and vintages held.
select layer, valid_from::text as "validFrom", count(*)::int as areas from area group by layer, valid_from order by layer, valid_from nulls first
