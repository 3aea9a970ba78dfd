-- While a slot of a cluster moves, some of its keys are here and others there. Then nothing is done:
-- two keys of which none is ever there are refused by either side.
redis.call('EXISTS', KEYS[1] .. 'here', KEYS[1] .. 'there')

