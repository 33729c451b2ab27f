-- identity.search_any asks the same, where a word may have been one of one.
drop function identity.search(text[], text, integer);
