-- Lets go of claims, if these are their holders. Gives 1 for each.
-- ARGV[1]: nothing; then {shelf, workspace, part, holder}.
local answers = {}
for number = 2, #ARGV do
  local shelf, workspace, part, holder = unpack(cmsgpack.unpack(ARGV[number]))
  local key = shelf .. 'claims:' .. workspace
  local present = redis.call('HGET', key, part)
  if present and cmsgpack.unpack(present)[1] == holder then
    redis.call('HDEL', key, part)
  end
  answers[number - 1] = 1
end
return from_primary(answers)
