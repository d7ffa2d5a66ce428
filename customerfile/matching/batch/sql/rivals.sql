-- Records of the sources that have one record per customer.
CREATE TABLE rival AS
SELECT record, source FROM staged SEMI JOIN exclusive USING (source)
