-- Every active customer's golden record, the oldest number first.
SELECT number, kind, golden FROM customer WHERE state = 'active' ORDER BY id
