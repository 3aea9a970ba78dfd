-- While a slot of a cluster moves, some of its keys are here and others there. Then nothing is done:
-- two keys of which none is ever there are refused by either side.
redis.call('EXISTS', KEYS[1] .. 'here', KEYS[1] .. 'there')

-- What a script gives. A replica gives its error instead, also where nothing was to be changed: a
-- primary that became one may not have the latest commits. It shows by a change that changes nothing.
local function from_primary(answers)
  local done = redis.pcall('PERSIST', KEYS[1] .. 'here')
  if type(done) == 'table' and string.find(done.err or '', 'READONLY', 1, true) then
    return done
  end
  return answers
end

