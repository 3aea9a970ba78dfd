-- Workspaces of which the time is over, by shelf the longest first: {workspace, time, ...}.
-- ARGV[1]: {before when, how many at most of a shelf}; then the shelves of which each answer tells.
local before, most = unpack(cmsgpack.unpack(ARGV[1]))
local bound = '(' .. string.format('%.17g', before)
local answers = {}
for number = 2, #ARGV do
  local found = {}
  for _, shelf in ipairs(cmsgpack.unpack(ARGV[number])) do
    local own = redis.call('ZRANGEBYSCORE', shelf .. 'due', '-inf', bound, 'WITHSCORES',
      'LIMIT', 0, most)
    for _, value in ipairs(own) do
      found[#found + 1] = value
    end
  end
  answers[number - 1] = found
end
return from_primary(answers)
